/** Rows that cannot go in: where, what stands there, why, and how to mend it. */
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Import } from '@/api/types'
import { formatNumber } from '@/domain/format'
import { files } from '@/domain/paths'
import { useLanguage } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './import-steps.module.css'

export const Problems = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return (
    <Panel
      title={t('imports.problems', { count: told.problems_total })}
      aside={
        <Button
          component="a"
          href={files.problems(told.id)}
          download
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.6} />}
        >
          CSV
        </Button>
      }
    >
      <div className={classes.scroll}>
        <table className={`${classes.columns} ${classes.problems}`}>
          <thead>
            <tr>
              <th scope="col">{t('imports.row')}</th>
              <th scope="col">{t('imports.column')}</th>
              <th scope="col">{t('imports.value')}</th>
              <th scope="col">{t('imports.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {told.problems.map((problem) => (
              <tr key={`${problem.row} ${problem.column} ${problem.reason}`}>
                <td>{formatNumber(problem.row, language)}</td>
                <td>{problem.column ?? '–'}</td>
                <td className={classes.value}>{problem.value || '–'}</td>
                <td>
                  {problem.reason}
                  {problem.fix && <div className={classes.dim}>{problem.fix}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {told.problems.length < told.problems_total && (
        <p className={classes.dim}>
          {t('imports.more_problems', { count: told.problems_total - told.problems.length })}
        </p>
      )}
    </Panel>
  )
}
