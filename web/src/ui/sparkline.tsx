/** A size over the last days, small enough for a row. */
import { linePath } from './axis'
import classes from './sparkline.module.css'

export const Sparkline = ({
  values,
  label,
  width = 64,
  height = 20,
}: {
  values: number[]
  label: string
  width?: number
  height?: number
}) => {
  const least = Math.min(...values)
  const most = Math.max(...values)
  const reach = most - least
  const x = (at: number) => 2 + (values.length < 2 ? 0 : (at / (values.length - 1)) * (width - 4))
  // A size that never changed is a line in the middle, not at the bottom.
  const y = (n: number) => (reach === 0 ? height / 2 : 2 + (1 - (n - least) / reach) * (height - 4))
  const last = values.at(-1) ?? 0
  return (
    <svg className={classes.line} width={width} height={height} role="img" aria-label={label}>
      <title>{label}</title>
      <path d={linePath(values.map((n, at): [number, number] => [x(at), y(n)]))} />
      <circle cx={x(values.length - 1)} cy={y(last)} r="2" />
    </svg>
  )
}
