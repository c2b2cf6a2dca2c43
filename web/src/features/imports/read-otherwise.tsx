/** What was read other than it was written: told by column, with the number of rows. */
import { useTranslation } from 'react-i18next'
import type { Import } from '@/api/types'
import { Panel } from '@/ui/page'
import classes from './import-steps.module.css'

export const ReadOtherwise = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  if (told.notices.length === 0) return null
  return (
    <Panel title={t('imports.notices')}>
      <ul>
        {told.notices.map((notice) => (
          <li key={`${notice.column} ${notice.said}`}>
            {notice.column && <strong>{notice.column}</strong>} {notice.said}
            {notice.rows > 0 && (
              <span className={classes.dim}> {t('imports.notice_rows', { count: notice.rows })}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
