/** Numbers and instants as they are shown everywhere: tabular, and with the time they are true for. */
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatNumber, formatRelative, formatTime } from '@/domain/format'
import classes from './figures.module.css'
import { useLanguage, useWhen } from './use-session'

export const Num = ({ n }: { n: number }) => {
  const { language } = useLanguage()
  return <span className={classes.num}>{formatNumber(n, language)}</span>
}

/** "As of 09:30". */
export const AsOf = ({ at }: { at: string }) => {
  const { t } = useTranslation()
  const when = useWhen()
  return (
    <time dateTime={at} title={formatDateTime(at, when)} className={classes.asOf}>
      {t('figure.as_of', { time: formatTime(at, when) })}
    </time>
  )
}

/** An instant by its distance, with the exact time on hover. `exact` turns the two around. */
export const Moment = ({ at, exact = false }: { at: string | null; exact?: boolean }) => {
  const when = useWhen()
  if (!at) return <span className={classes.none}>–</span>
  const near = formatRelative(at, when)
  const full = formatDateTime(at, when)
  return (
    <time dateTime={at} title={exact ? near : full} className={classes.num}>
      {exact ? full : near}
    </time>
  )
}
