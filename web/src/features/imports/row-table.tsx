/** A table of cells of a file: the number of the row, the column, two more words, and what can be done about it. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './import-steps.module.css'

type RowTableProps = {
  /** What stands in the third and the fourth column. */
  heads: [string, string]
  /** What the buttons at the end of the rows do; left out where there are none. */
  does?: string | undefined
  children: ReactNode
}

export const RowTable = ({ heads, does, children }: RowTableProps) => {
  const { t } = useTranslation()
  return (
    <div className={classes.scroll}>
      <table className={`${classes.columns} ${classes.problems}`}>
        <thead>
          <tr>
            {[t('imports.row'), t('imports.column'), ...heads].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {does && <th scope="col" aria-label={does} />}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
