/** How many fit right now, while the condition is being written. */
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isRefused } from '@/api/client'
import { previewQuery } from '@/api/query'
import type { Draft, Fault, Preview } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { AsOf, Num, useLanguage } from '@/features/session'
import classes from './live-count.module.css'

const REST_MS = 120

// One of these, never two.
export type Count =
  | { state: 'empty' }
  | { state: 'asking' }
  | { state: 'known'; preview: Preview; old: boolean }
  | { state: 'faulty'; faults: Fault[]; message: string }
  | { state: 'failed'; why: string }

const isEmpty = (draft: Draft) => Object.values(draft).some((value) => Array.isArray(value) && value.length === 0)

/** Asks after a short rest; an older question still under way is dropped. */
export const useLiveCount = (condition: Draft): Count => {
  const [rested] = useDebouncedValue(condition, REST_MS)
  const empty = isEmpty(condition)
  const asked = useQuery({ ...previewQuery(rested), enabled: !isEmpty(rested) })
  if (empty) return { state: 'empty' }
  if (asked.error) {
    return isRefused(asked.error, 400, 422)
      ? { state: 'faulty', faults: asked.error.faults, message: asked.error.message }
      : { state: 'failed', why: isRefused(asked.error) ? asked.error.message : String(asked.error) }
  }
  if (!asked.data) return { state: 'asking' }
  if (asked.data.faults.length > 0) return { state: 'faulty', faults: asked.data.faults, message: '' }
  return { state: 'known', preview: asked.data, old: asked.isPlaceholderData || rested !== condition }
}

export const LiveCount = ({ count }: { count: Count }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const [last, setLast] = useState<Preview | null>(null)
  const known = count.state === 'known' ? count.preview : null
  useEffect(() => {
    if (known) setLast(known)
  }, [known])
  const shown = known ?? last
  const old = count.state !== 'known' || count.old

  return (
    <aside className={classes.count} aria-label={t('builder.live')}>
      <div className={classes.number} data-old={old || undefined}>
        <b>{shown ? formatNumber(shown.count, language) : '–'}</b>
        <span>
          {shown ? t('builder.of_all', { total: formatNumber(shown.total, language) }) : t('builder.count_waits')}
          {shown && shown.total > 0 && ` · ${formatPercent(shown.count / shown.total, language)}`}
        </span>
        {shown && <AsOf at={shown.as_of} />}
      </div>
      <p role="status" className={classes.state}>
        {count.state === 'faulty' && t('builder.cannot_count')}
        {count.state === 'failed' && t('builder.count_failed', { why: count.why || t('state.unreachable') })}
        {count.state === 'empty' && t('builder.count_waits')}
        {count.state === 'known' && !count.old && <VisuallyCounted n={count.preview.count} />}
      </p>
      {shown && (shown.coming?.length ?? 0) > 0 && (
        <>
          <h3>{t('builder.coming')}</h3>
          <table className={classes.coming}>
            <thead>
              <tr>
                <th scope="col">{t('builder.within_days')}</th>
                <th scope="col">{t('builder.enter')}</th>
                <th scope="col">{t('builder.leave')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.coming?.map((row) => (
                <tr key={row.days}>
                  <th scope="row">{t('builder.days', { count: row.days })}</th>
                  <td>
                    +<Num n={row.enters} />
                  </td>
                  <td>
                    −<Num n={row.leaves} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {shown && shown.sample.length > 0 && (
        <>
          <h3>{t('builder.sample')}</h3>
          <ul className={classes.sample} data-old={old || undefined}>
            {shown.sample.map((customer) => (
              <li key={customer.key}>
                <Link to={paths.customer} params={{ key: customer.key }}>
                  {customer.name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  )
}

const VisuallyCounted = ({ n }: { n: number }) => {
  const { t } = useTranslation()
  return <span className={classes.said}>{t('builder.counted', { count: n })}</span>
}
