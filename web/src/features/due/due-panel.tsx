/** そろそろ補充 of one customer: what they buy again and again, how likely the next time is, and how well that was told before. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { customerDueQuery } from '@/api/query'
import type { CustomerDue } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { RefusedState, useLanguage } from '@/features/session'
import { Panel } from '@/ui/page'
import { Waiting } from '@/ui/states'
import classes from './due.module.css'
import { DueDay } from './due-day'

export const DuePanel = ({ customer }: { customer: string }) => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(customerDueQuery(customer))
  return (
    <Panel title={t('due.title')}>
      {data ? (
        <Habits due={data} />
      ) : error ? (
        <RefusedState error={error} what={t('due.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={2} label={t('state.loading')} />
      )}
    </Panel>
  )
}

const Habits = ({ due }: { due: CustomerDue }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const more = (
    <Link to={paths.due} className={classes.name}>
      {t('due.all_customers')}
    </Link>
  )
  if (due.learnt_at === null) {
    return (
      <p className={classes.none}>
        {t('due.never')} {more}
      </p>
    )
  }
  if (!due.learnt) {
    return (
      <p className={classes.none}>
        <span data-sentence>{due.sentence}</span> {more}
      </p>
    )
  }
  if (due.rows.length === 0) {
    return (
      <p className={classes.none}>
        {t('due.no_habit', { least: due.least_days ?? 0, silent: due.silent_days ?? 0 })} {more}
      </p>
    )
  }
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('due.product')}</th>
              <th scope="col">{t('due.due')}</th>
              <th scope="col" className={classes.end}>
                {t('due.again_short', { days: due.within_days ?? 0 })}
              </th>
            </tr>
          </thead>
          <tbody>
            {due.rows.map((row) => (
              <tr key={row.product}>
                <td>
                  {row.product}
                  <br />
                  <span className={classes.dim}>
                    {t('due.bought', { times: formatNumber(row.times, language), last: row.last })}
                  </span>
                </td>
                <td>
                  <DueDay due={row.due} overdue={row.overdue_days} />
                </td>
                <td className={classes.end}>
                  <b>{formatPercent(row.again, language)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.dim}>
        <span data-sentence>{due.sentence}</span> {more}
      </p>
    </>
  )
}
