/**
 * The table itself: a cell is dark where many are, says how many came and went, and opens the people in it. The arrow keys move
 * between cells, Enter opens one.
 */
import { VisuallyHidden } from '@mantine/core'
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CrossTable } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import type { Shown } from '@/domain/table'
import { useLanguage } from '@/features/session'
import classes from './crosstab.module.css'

export type CellAt = { row: number; column: number }

type GridProps = { table: CrossTable; shown: Shown | null; label: string; corner: string; onOpen: (at: CellAt) => void }
type Cell = CrossTable['cells'][number][number]

export const Grid = ({ table, shown, label, corner, onOpen }: GridProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const frame = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<CellAt>({ row: 0, column: 0 })
  const columns = table.column_bands.length === 0 ? [null] : table.column_bands
  const most = Math.max(1, ...table.cells.flat().map(({ count }) => count))
  const move = (event: KeyboardEvent) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    if (!by) return
    const within = (n: number, of: number) => Math.min(of - 1, Math.max(0, n))
    const next = {
      row: within(at.row + (by[0] ?? 0), table.cells.length),
      column: within(at.column + (by[1] ?? 0), columns.length),
    }
    setAt(next)
    frame.current?.querySelector<HTMLElement>(`[data-at="${next.row}-${next.column}"]`)?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.frame} tabIndex={0}>
      <table ref={frame} className={classes.table} aria-label={label} onKeyDown={move}>
        <thead>
          <tr>
            <td className={classes.corner}>{corner}</td>
            {columns.map((band, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place
              <th key={column} scope="col">
                {band?.label ?? t('tables.everybody')}
              </th>
            ))}
            {table.column_bands.length > 0 && <th scope="col">{t('tables.sum')}</th>}
          </tr>
        </thead>
        <tbody>
          {table.cells.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place
            <tr key={row}>
              <th scope="row">{table.row_bands[row]?.label}</th>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place
                <td key={column}>
                  <button
                    type="button"
                    className={classes.cell}
                    data-at={`${row}-${column}`}
                    tabIndex={row === at.row && column === at.column ? 0 : -1}
                    style={{ '--share': cell.count / most } as CSSProperties}
                    onFocus={() => setAt({ row, column })}
                    onClick={() => onOpen({ row, column })}
                  >
                    <VisuallyHidden>
                      {t('tables.cell', {
                        row: table.row_bands[row]?.label,
                        column: columns[column]?.label ?? t('tables.everybody'),
                      })}{' '}
                    </VisuallyHidden>
                    <b>{formatNumber(cell.count, language)}</b>
                    <Beside cell={cell} shown={shown} />
                    <Movement cell={cell} />
                  </button>
                </td>
              ))}
              {table.column_bands.length > 0 && (
                <td className={classes.sum}>
                  {formatNumber(table.row_bands[row]?.count ?? 0, language)}
                  <small>
                    {table.total === 0 ? '' : formatPercent((table.row_bands[row]?.count ?? 0) / table.total, language)}
                  </small>
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {table.column_bands.length > 0 && (
          <tfoot>
            <tr>
              <th scope="row">{t('tables.sum')}</th>
              {table.column_bands.map(({ count }, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place
                <td key={column} className={classes.sum}>
                  {formatNumber(count, language)}
                </td>
              ))}
              <td className={classes.sum}>{formatNumber(table.total, language)}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

/** What stands beside the count: a sum with its mean, or a share. */
const Beside = ({ cell, shown }: { cell: Cell; shown: Shown | null }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  if (cell.value === null || shown === null || cell.count === 0) return null
  const value = Number(cell.value)
  const short = new Intl.NumberFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    notation: 'compact',
    maximumSignificantDigits: 3,
  })
  return shown.show === 'share' ? (
    <span className={classes.value}>{formatPercent(value / cell.count, language)}</span>
  ) : (
    <span className={classes.value} title={t('tables.sum_of', { sum: formatNumber(value, language) })}>
      {t('tables.mean', { mean: short.format(value / cell.count) })}
    </span>
  )
}

const Movement = ({ cell: { before, entered, left } }: { cell: Cell }) => {
  const { language } = useLanguage()
  if (before === null) return null
  return (
    <span className={classes.moved} data-quiet={entered === 0 && left === 0 ? true : undefined}>
      +{formatNumber(entered ?? 0, language)} −{formatNumber(left ?? 0, language)}
    </span>
  )
}
