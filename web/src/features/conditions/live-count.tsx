/** How many fit right now, while the condition is being written, and what is behind the number. */
import { UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isRefused } from '@/api/client'
import { previewQuery } from '@/api/query'
import type { Draft, Fault, Preview } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { AsOf, Num, useLanguage } from '@/features/session'
import { useShortcuts } from '@/ui/shortcuts'
import classes from './live-count.module.css'
import { MovedPeople } from './moved-people'
import { Reach } from './reach'
import { WhyBox } from './why-drawer'

const REST_MS = 120
const SAMPLE_SHOWN = 6

// One of these, never two.
export type Count =
  | { state: 'empty' }
  | { state: 'asking' }
  | { state: 'known'; preview: Preview; old: boolean }
  | { state: 'faulty'; faults: Fault[]; message: string }
  | { state: 'failed'; why: string }

const isEmpty = (draft: Draft) => Object.values(draft).some((value) => Array.isArray(value) && value.length === 0)

/** Asks after a short rest; an older question still under way is dropped. `segment` is the saved one that is being edited. */
export const useLiveCount = (condition: Draft, segment: string | null): Count => {
  const [rested] = useDebouncedValue(condition, REST_MS)
  const empty = isEmpty(condition)
  const asked = useQuery({ ...previewQuery(rested, segment), enabled: !isEmpty(rested) })
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

type LiveCountProps = {
  count: Count
  /** What is counted. */
  condition: Draft
  /** Asks why one customer is in, or is not. */
  onWhy: (customer: string) => void
}

export const LiveCount = ({ count, condition, onWhy }: LiveCountProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const [last, setLast] = useState<Preview | null>(null)
  const known = count.state === 'known' ? count.preview : null
  useEffect(() => {
    if (known) setLast(known)
  }, [known])
  const shown = count.state === 'empty' ? null : (known ?? last)
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
      <Share preview={shown} />
      <p role="status" className={classes.state}>
        {count.state === 'faulty' && t('builder.cannot_count')}
        {count.state === 'failed' && t('builder.count_failed', { why: count.why || t('state.unreachable') })}
        {count.state === 'known' && !count.old && <VisuallyCounted n={count.preview.count} />}
      </p>
      {shown && (
        <div data-old={old || undefined} className={classes.behind}>
          {shown.change && 0 < shown.change.enters.count + shown.change.leaves.count && (
            <section>
              <h3>{t('builder.change')}</h3>
              <MovedPeople moved={shown.change.enters} direction="enters" />
              <MovedPeople moved={shown.change.leaves} direction="leaves" />
            </section>
          )}
          <Coming rows={shown.coming} />
          {count.state === 'known' && <Reach condition={condition} count={shown.count} />}
          <Overlap rows={shown.overlap} />
          <section>
            <h3>{t('why.ask_draft')}</h3>
            <WhyBox width="100%" onAsk={onWhy} />
          </section>
          <Sample rows={shown.sample} onWhy={onWhy} />
        </div>
      )}
    </aside>
  )
}

/** The share as a length: a glance before the number is read. */
const Share = ({ preview }: { preview: Preview | null }) => {
  const share = preview && 0 < preview.total ? preview.count / preview.total : 0
  return (
    <div className={classes.share} aria-hidden>
      <i style={{ width: `${share * 100}%` }} />
    </div>
  )
}

const Coming = ({ rows }: { rows: Preview['coming'] }) => {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <section>
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
          {rows.map((row) => (
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
    </section>
  )
}

const Overlap = ({ rows }: { rows: Preview['overlap'] }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  if (rows.length === 0) return null
  return (
    <section>
      <h3>{t('builder.overlap')}</h3>
      <ul className={classes.overlap}>
        {rows.map((row) => (
          <li key={row.segment}>
            <Link to={paths.segment} params={{ id: row.segment }} title={row.name}>
              {row.name}
            </Link>
            <span className={classes.bar} aria-hidden>
              <i style={{ width: `${row.of_this_percent}%` }} />
            </span>
            <span
              className={classes.figures}
              title={t('builder.overlap_explained', { this: row.of_this_percent, other: row.of_other_percent })}
            >
              {t('figure.customers', { count: row.both })} · {formatPercent(row.of_this_percent / 100, language)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Sample = ({ rows, onWhy }: { rows: Preview['sample']; onWhy: (customer: string) => void }) => {
  const { t } = useTranslation()
  const section = useRef<HTMLElement>(null)
  useShortcuts({ 'mod+Enter': () => section.current?.querySelector('a')?.focus() })
  if (rows.length === 0) return null
  return (
    <section ref={section}>
      <h3>{t('builder.sample')}</h3>
      <ul className={classes.sample}>
        {rows.slice(0, SAMPLE_SHOWN).map((row) => (
          <li key={row.key}>
            <Link to={paths.customer} params={{ key: row.key }}>
              {row.name}
            </Link>
            <UnstyledButton
              className={classes.reason}
              title={t('why.ask_about', { name: row.name })}
              onClick={() => onWhy(row.key)}
            >
              {row.why}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

const VisuallyCounted = ({ n }: { n: number }) => {
  const { t } = useTranslation()
  return <span className={classes.said}>{t('builder.counted', { count: n })}</span>
}
