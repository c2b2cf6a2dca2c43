/** What is to come of a customer: what the models say and why, the value, and when the next time is due. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { outlookQuery } from '@/api/query'
import type { CustomerOutlook } from '@/api/types'
import { formatNumber, formatPercent, formatYen } from '@/domain/format'
import { paths } from '@/domain/paths'
import { Moment, useLanguage } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './outlook-panel.module.css'

export const OutlookPanel = ({ customer }: { customer: string }) => {
  const { t } = useTranslation()
  const { data } = useQuery(outlookQuery(customer))
  // What cannot be foretold takes no room.
  if (!data || (data.scores.every(({ score }) => score === null) && data.values.length === 0 && !data.next)) return null
  return (
    <Panel title={t('outlook.title')}>
      {data.next && <Next next={data.next} />}
      {data.values.map((value) => (
        <Value key={value.model} value={value} />
      ))}
      {data.scores
        .filter(({ score }) => score !== null)
        .map((score) => (
          <Score key={score.model} score={score} />
        ))}
    </Panel>
  )
}

const Next = ({ next }: { next: NonNullable<CustomerOutlook['next']> }) => {
  const { t } = useTranslation()
  const late = 0 < next.overdue_days
  return (
    <p className={classes.next} data-late={late || undefined}>
      <span>{t('outlook.next')}</span>
      <b>{next.due}</b>
      <small>
        {t('outlook.rhythm', { days: next.median_gap_days, last: next.last })}
        {late && ` · ${t('outlook.late', { count: next.overdue_days })}`}
      </small>
    </p>
  )
}

const Value = ({ value }: { value: CustomerOutlook['values'][number] }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const yen = (n: number | null) => formatYen(String(n ?? 0), language)
  return (
    <p className={classes.next}>
      <span>{t('outlook.value', { days: value.horizon_days })}</span>
      <b>{value.value === null ? t('outlook.times', { n: value.purchases }) : yen(value.value)}</b>
      <small>
        {value.value !== null && `${yen(value.value_low)}–${yen(value.value_high)} · `}
        {t('outlook.purchases', {
          n: formatNumber(value.purchases, language),
          low: value.purchases_low,
          high: value.purchases_high,
        })}
        {' · '}
        {t('outlook.any', { share: formatPercent(value.any, language) })}
        {value.half_on && ` · ${t('outlook.half', { day: value.half_on })}`}
      </small>
    </p>
  )
}

const Score = ({ score }: { score: CustomerOutlook['scores'][number] }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero', maximumFractionDigits: 2 })
  return (
    <details className={classes.score}>
      <summary>
        <span>{score.name}</span>
        <b>{formatPercent(score.score ?? 0, language)}</b>
        <small>
          <Moment at={score.since} />
        </small>
      </summary>
      <ul>
        {score.reasons.map((reason) => (
          <li key={reason.name} data-side={0 < reason.worth ? 'up' : 'down'}>
            <span>
              {reason.name}{' '}
              <span className={classes.dim}>{reason.value === '' ? t('outlook.nothing') : reason.value}</span>
            </span>
            <b>{signed.format(reason.worth)}</b>
          </li>
        ))}
      </ul>
      <Link to={paths.models} search={{ model: score.model }} className={classes.link}>
        {t('outlook.card')}
      </Link>
    </details>
  )
}
