/** Small bars in a row: how dense each month was. A bar can be chosen. */
import classes from './bars.module.css'

export type Bar = { key: string; value: number; label: string }

export const Bars = ({ bars, label, height = 36 }: { bars: Bar[]; label: string; height?: number }) => {
  const most = Math.max(1, ...bars.map((bar) => bar.value))
  const width = 14
  return (
    <svg
      className={classes.bars}
      width={bars.length * width}
      height={height}
      viewBox={`0 0 ${bars.length * width} ${height}`}
      role="img"
      aria-label={label}
    >
      {bars.map((bar, at) => {
        const tall = bar.value === 0 ? 1 : Math.max(3, ((height - 2) * bar.value) / most)
        return (
          <rect key={bar.key} x={at * width + 2} y={height - tall} width={width - 4} height={tall} rx="1.5">
            <title>{bar.label}</title>
          </rect>
        )
      })}
    </svg>
  )
}
