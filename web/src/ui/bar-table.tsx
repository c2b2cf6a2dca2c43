/** Shares or counts as bars in a table: the chart is its own table, with intervals as whiskers. */
import type { ReactNode } from 'react'
import classes from './bar-table.module.css'

export type BarRow = {
  key: string
  name: ReactNode
  /** From 0 to 1 of the width. */
  share: number
  /** The interval, on the same scale. */
  low?: number
  high?: number
  /** The figure beside the bar. */
  figure: string
  /** What it was counted from. */
  from?: string
  /** The name is a sentence. */
  long?: boolean
  /** Set back: another to compare with. */
  dim?: boolean
}

type BarTableProps = {
  caption: string
  rows: BarRow[]
  head: { name: string; bar: string; figure: string; from?: string }
}

const within = (share: number) => `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`

export const BarTable = ({ caption, rows, head }: BarTableProps) => (
  <table className={classes.table}>
    <caption>{caption}</caption>
    <thead>
      <tr>
        <th scope="col">{head.name}</th>
        <th scope="col" className={classes.wide}>
          <span className={classes.hidden}>{head.bar}</span>
        </th>
        <th scope="col">{head.figure}</th>
        {head.from && <th scope="col">{head.from}</th>}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.key} data-dim={row.dim || undefined}>
          <th scope="row" data-long={row.long || undefined}>
            {row.name}
          </th>
          <td className={classes.wide}>
            <span className={classes.track} aria-hidden>
              <i className={classes.bar} style={{ width: within(row.share) }} />
              {row.low !== undefined && row.high !== undefined && (
                <i
                  className={classes.whisker}
                  style={{ insetInlineStart: within(row.low), width: within(row.high - row.low) }}
                />
              )}
            </span>
          </td>
          <td>{row.figure}</td>
          {head.from && <td className={classes.from}>{row.from}</td>}
        </tr>
      ))}
    </tbody>
  </table>
)
