/** The watched folder on the imports page: where files go in by themselves, and what lies in it. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { watchFolderQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { Moment, useMay } from '@/features/session'
import classes from './watch-folder.module.css'

const FILES_SHOWN = 8

export const WatchFolderLine = () => {
  const { t } = useTranslation()
  const { data } = useQuery(watchFolderQuery)
  const mayChoose = useMay('manage_keys')
  if (!data) return null
  if (data.folder === null) {
    return (
      mayChoose && (
        <p className={classes.line}>
          {t('watch.none')} <Link to={paths.settings}>{t('watch.to_settings')}</Link>
        </p>
      )
    )
  }
  return (
    <div className={classes.line} role="status">
      <span>
        {t('watch.watched')} <code>{data.folder}</code>
      </span>
      {data.fault ? (
        <strong className={classes.fault}>{data.fault}</strong>
      ) : (
        <span>
          {data.looked_at && (
            <>
              <Moment at={data.looked_at} /> {t('watch.looked')}
            </>
          )}
        </span>
      )}
      {data.files.slice(0, FILES_SHOWN).map(({ file, state }) => (
        <span key={file} className={classes.file}>
          {file} — {t(`watch.state.${state}`)}
        </span>
      ))}
      {FILES_SHOWN < data.files.length && <span>{t('watch.more', { count: data.files.length - FILES_SHOWN })}</span>}
    </div>
  )
}
