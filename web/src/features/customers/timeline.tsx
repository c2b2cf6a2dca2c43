/** What happened, newest first, by day; above it, how dense each month was. */
import { Button, SegmentedControl, Select } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { organisationQuery, timelineQuery, vocabularyQuery } from '@/api/query'
import type { TimelineRow } from '@/api/types'
import { dayOf, formatDay, formatNumber, formatTime } from '@/domain/format'
import { paths } from '@/domain/paths'
import { RefusedState, useLanguage, useMay, useWhen } from '@/features/session'
import { Bars } from '@/ui/bars'
import { Panel } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'
import classes from './timeline.module.css'

const ALL = '*'

export type TimelineSearch = { event?: string | undefined; of?: 'organisation' | undefined }

type TimelineProps = { customer: string; search: TimelineSearch; onSearch: (part: TimelineSearch) => void }

export const Timeline = ({ customer, search: { event, of }, onSearch }: TimelineProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { timeZone } = useWhen()
  const seesSegments = useMay('see_segments')
  const vocabulary = useQuery({ ...vocabularyQuery, enabled: seesSegments }).data
  const firm = useQuery(organisationQuery(customer)).data?.firm
  const timeline = useInfiniteQuery(timelineQuery(customer, event ?? '', of))
  const rows = useMemo(() => timeline.data?.pages.flatMap((page) => page.rows) ?? [], [timeline.data])
  const months = timeline.data?.pages[0]?.months.slice(-24) ?? []
  const days = useMemo(() => byDay(rows, timeZone), [rows, timeZone])
  // Where everything comes from one place, saying so on each row is noise.
  const showSource = new Set(rows.map((row) => row.source)).size > 1

  return (
    <Panel
      title={t('customer.timeline')}
      aside={
        <>
          {months.length > 0 && (
            <Bars
              label={t('customer.by_month')}
              height={26}
              bars={months.map(({ month, count }) => ({
                key: month,
                value: count,
                label: t('customer.in_month', { month, n: formatNumber(count, language) }),
              }))}
            />
          )}
          {firm && 1 < firm.records && (
            <SegmentedControl
              size="xs"
              aria-label={t('organisation.whose')}
              value={of ?? 'record'}
              data={[
                { value: 'record', label: t('organisation.this_record') },
                { value: 'organisation', label: t('organisation.whole_firm') },
              ]}
              onChange={(next) => onSearch({ of: next === 'organisation' ? next : undefined })}
            />
          )}
          {vocabulary && (
            <Select
              aria-label={t('customer.event_kind')}
              searchable
              w={170}
              value={event ?? ALL}
              data={[
                { value: ALL, label: t('customer.any_event') },
                ...vocabulary.events.map(({ name, label }) => ({ value: name, label })),
              ]}
              onChange={(next) => onSearch({ event: next === ALL || next === null ? undefined : next })}
            />
          )}
        </>
      }
    >
      {timeline.error && !timeline.data ? (
        <RefusedState
          error={timeline.error}
          what={t('customer.timeline_failed')}
          onRetry={() => void timeline.refetch()}
        />
      ) : !timeline.data ? (
        <Waiting rows={8} label={t('state.loading')} />
      ) : rows.length === 0 ? (
        <Empty sentence={t('customer.no_events')} />
      ) : (
        <>
          {days.map(([day, events]) => (
            <Day key={day} rows={events} showSource={showSource} />
          ))}
          {timeline.hasNextPage && (
            <Button
              variant="default"
              fullWidth
              mt="sm"
              loading={timeline.isFetchingNextPage}
              onClick={() => void timeline.fetchNextPage()}
            >
              {t('customer.older')}
            </Button>
          )}
        </>
      )}
    </Panel>
  )
}

const byDay = (rows: TimelineRow[], timeZone: string): [string, TimelineRow[]][] => {
  const days = new Map<string, TimelineRow[]>()
  for (const row of rows) {
    const day = dayOf(row.at, timeZone)
    days.set(day, [...(days.get(day) ?? []), row])
  }
  return [...days]
}

const Day = ({ rows, showSource }: { rows: TimelineRow[]; showSource: boolean }) => {
  const when = useWhen()
  const [first] = rows
  if (!first) return null
  return (
    <section className={classes.day}>
      <h3>{formatDay(first.at, when)}</h3>
      <ul>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike in everything
          <li key={`${row.at} ${at}`}>
            <time dateTime={row.at}>{formatTime(row.at, when)}</time>
            <span className={classes.label} title={`${row.name} · ${row.source}`}>
              {row.label}
            </span>
            <span className={classes.text}>
              {row.customer && (
                <Link to={paths.customer} params={{ key: row.customer.key }} className={classes.whose}>
                  {row.customer.name}
                </Link>
              )}
              {row.text}
              {row.contact && <span className={classes.who}> {row.contact}</span>}
            </span>
            {showSource && <span className={classes.source}>{row.source}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
