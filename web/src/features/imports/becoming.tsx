/** What stands in the file beside what it becomes: for each column a few cells, and whole rows below. */
import { useTranslation } from 'react-i18next'
import type { BecomingCell, Column, Import } from '@/api/types'
import classes from './import-steps.module.css'

/** So many different cells of a column are enough to see how it is read. */
const SHOWN = 4

/** The first different cells of a column; those that are wrong or become something else come first. */
const telling = (told: Import, column: Column): BecomingCell[] => {
  const seen = new Map<string, BecomingCell>()
  for (const row of told.becoming) {
    const cell = row.cells[column.index]
    if (cell && cell.written !== '' && !seen.has(cell.written)) seen.set(cell.written, cell)
  }
  const rank = (cell: BecomingCell) => (cell.wrong ? 0 : cell.value !== null && cell.value !== cell.written ? 1 : 2)
  return [...seen.values()].sort((one, other) => rank(one) - rank(other)).slice(0, SHOWN)
}

/** A column's cells, each as it is written and as it is taken in. */
export const Samples = ({ told, column }: { told: Import; column: Column }) => {
  const cells = telling(told, column)
  if (cells.length === 0) return <span className={classes.samples}>{column.samples.slice(0, SHOWN).join(' · ')}</span>
  return (
    <ul className={classes.becoming}>
      {cells.map((cell) => (
        <li key={cell.written}>
          <Both cell={cell} taken={column.field !== null} />
        </li>
      ))}
    </ul>
  )
}

/** One cell. What stays as it is written stands once. */
const Both = ({ cell, taken }: { cell: BecomingCell; taken: boolean }) => {
  const { t } = useTranslation()
  if (cell.wrong)
    return (
      <span className={classes.wrong} title={cell.wrong}>
        <span className={classes.written}>{cell.written}</span> {cell.wrong}
      </span>
    )
  if (!taken || cell.value === null || cell.value === cell.written)
    return (
      <span className={taken ? undefined : classes.dim} title={cell.written}>
        {cell.written}
      </span>
    )
  return (
    <span title={t('imports.becomes', { written: cell.written, value: cell.value })}>
      <span className={classes.written}>{cell.written}</span> → <strong>{cell.value}</strong>
    </span>
  )
}

/** The first rows of the file, each cell on both sides. */
export const FirstRows = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  if (told.becoming.length === 0) return null
  return (
    <details className={classes.preview}>
      <summary>{t('imports.first_rows', { count: told.becoming.length })}</summary>
      <div className={classes.scroll}>
        <table className={classes.columns}>
          <thead>
            <tr>
              <th scope="col">{t('imports.row')}</th>
              {told.columns.map((column) => (
                <th key={column.index} scope="col">
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told.becoming.map((row) => (
              <tr key={row.row}>
                <td>{row.row}</td>
                {told.columns.map((column) => {
                  const cell = row.cells[column.index]
                  return <td key={column.index}>{cell && <Both cell={cell} taken={column.field !== null} />}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
