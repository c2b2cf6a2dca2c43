/** How many there were, day by day: a line with its marks, a reading under the pointer or the arrow keys, and the same as a table. */
import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { linePath, ticks } from './axis'
import classes from './size-chart.module.css'

export type ChartDay = { day: string; n: number }
/** Something that happened on a day: a new version. */
export type ChartMark = { day: string; label: string; title: string }
export type ChartLine = { name: string; days: ChartDay[] }

type SizeChartProps = {
  label: string
  /** The line that is looked at. */
  line: ChartLine
  /** Another one behind it, to compare. */
  behind?: ChartLine | null
  marks?: ChartMark[]
  height?: number
  formatDay: (day: string) => string
  formatNumber: (n: number) => string
  words: { table: string; day: string }
}

const LEFT = 40
const RIGHT = 8
const TOP = 22
const BOTTOM = 20

export const SizeChart = (props: SizeChartProps) => {
  const { label, line, behind = null, marks = [], height = 150, formatDay, formatNumber, words } = props
  const { ref, width } = useElementSize()
  const [at, setAt] = useState<number | null>(null)
  const days = line.days
  const values = [...days, ...(behind?.days ?? [])].map(({ n }) => n)
  const lines = ticks(0, Math.max(0, ...values), 3)
  const most = lines.at(-1) ?? 1
  const inner = Math.max(1, width - LEFT - RIGHT)
  const x = (index: number) => LEFT + (days.length < 2 ? inner : (index / (days.length - 1)) * inner)
  const y = (n: number) => TOP + (1 - n / most) * (height - TOP - BOTTOM)
  const path = (of: ChartDay[]) => linePath(of.map(({ n }, index): [number, number] => [x(index), y(n)]))
  const floor = y(0)
  const read = at === null ? days.length - 1 : at
  const shown = days[read]

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT
    setAt(Math.min(days.length - 1, Math.max(0, Math.round((inside / inner) * (days.length - 1)))))
  }
  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    setAt(Math.min(days.length - 1, Math.max(0, read + step)))
  }

  return (
    <figure className={classes.chart}>
      {/* biome-ignore lint/a11y: a picture that is read day by day with the arrow keys */}
      <div ref={ref} className={classes.picture} role="img" aria-label={label} tabIndex={0} onKeyDown={move}>
        {width > 0 && shown && (
          <svg width={width} height={height} onPointerMove={point} onPointerLeave={() => setAt(null)} aria-hidden>
            {lines.map((n) => (
              <g key={n}>
                <line x1={LEFT} x2={width - RIGHT} y1={y(n)} y2={y(n)} className={classes.grid} />
                <text x={LEFT - 6} y={y(n) + 4} textAnchor="end">
                  {formatNumber(n)}
                </text>
              </g>
            ))}
            {[0, days.length - 1].map((index) => (
              <text key={index} x={x(index)} y={height - 5} textAnchor={index === 0 ? 'start' : 'end'}>
                {formatDay(days[index]?.day ?? '')}
              </text>
            ))}
            <path d={`${path(days)}L${x(days.length - 1)},${floor}L${x(0)},${floor}Z`} className={classes.area} />
            {behind && <path d={path(behind.days)} className={classes.behind} />}
            <path d={path(days)} className={classes.line} />
            {marks.map((mark) => {
              const index = days.findIndex(({ day }) => day === mark.day)
              if (index === -1) return null
              return (
                <g key={`${mark.day}${mark.label}`} className={classes.mark}>
                  <title>{mark.title}</title>
                  <line x1={x(index)} x2={x(index)} y1={TOP - 4} y2={floor} />
                  <text x={x(index)} y={TOP - 9} textAnchor={index < days.length * 0.85 ? 'middle' : 'end'}>
                    {mark.label}
                  </text>
                </g>
              )
            })}
            {at !== null && <line x1={x(at)} x2={x(at)} y1={TOP} y2={floor} className={classes.pointer} />}
            <circle cx={x(read)} cy={y(shown.n)} r={3.5} className={classes.dot} />
          </svg>
        )}
      </div>
      {shown && (
        <figcaption className={classes.reading} aria-live="polite">
          <span>{formatDay(shown.day)}</span>
          <span className={classes.now}>
            {line.name} <b>{formatNumber(shown.n)}</b>
          </span>
          {behind?.days[read] && (
            <span className={classes.then}>
              {behind.name} {formatNumber(behind.days[read].n)}
            </span>
          )}
        </figcaption>
      )}
      <details className={classes.table}>
        <summary>{words.table}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <div tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.day}</th>
                <th scope="col">{line.name}</th>
                {behind && <th scope="col">{behind.name}</th>}
              </tr>
            </thead>
            <tbody>
              {days
                .map(({ day, n }, index) => (
                  <tr key={day}>
                    <th scope="row">
                      {formatDay(day)} {marks.filter((mark) => mark.day === day).map((mark) => mark.label)}
                    </th>
                    <td>{formatNumber(n)}</td>
                    {behind && <td>{formatNumber(behind.days[index]?.n ?? 0)}</td>}
                  </tr>
                ))
                .toReversed()}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}
