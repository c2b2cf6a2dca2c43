/** The board for the weekly meeting: what each of us heard, and what came up more than the week before. */
import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mentionsQuery, reportsQuery } from '@/api/query'
import type { Report } from '@/api/types'
import { dayOf, formatRange, startOfDay } from '@/domain/format'
import { paths } from '@/domain/paths'
import { isDay, mondayOf, shiftDay } from '@/domain/week'
import { ReportCard } from '@/features/reports'
import { Num, RefusedState, useMay, useWhen } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Panel } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'
import { AddTerm } from './add-term'
import { conditionOf } from './mentions-view'
import classes from './week-board.module.css'

type WeekBoardProps = { week: string | undefined; onWeek: (week: string | undefined) => void }

const PAGE = 200

export const WeekBoard = ({ week, onWeek }: WeekBoardProps) => {
  const { t } = useTranslation()
  const when = useWhen()
  const today = dayOf(new Date(when.now).toISOString(), when.timeZone)
  const monday = mondayOf(isDay(week) ? week : today)
  const sunday = shiftDay(monday, 6)
  const reports = useInfiniteQuery(reportsQuery({ from: monday, to: sunday }, PAGE))
  const rows = useMemo(() => reports.data?.pages.flatMap((page) => page.rows) ?? [], [reports.data])
  const writers = useMemo(() => byWriter(rows), [rows])
  const [adding, setAdding] = useState<string | null>(null)
  const mayEdit = useMay('edit_segments')
  const first = reports.data?.pages[0]
  const start = (day: string) => startOfDay(day, when.timeZone)
  const shown = formatRange(start(monday), start(sunday), when)
  return (
    <>
      <div className={classes.week}>
        <ActionIcon variant="default" aria-label={t('topics.week_before')} onClick={() => onWeek(shiftDay(monday, -7))}>
          <IconChevronLeft size={16} stroke={1.8} />
        </ActionIcon>
        <h2>
          {shown.from} – {shown.to}
        </h2>
        <ActionIcon
          variant="default"
          aria-label={t('topics.week_after')}
          disabled={today <= sunday}
          title={today <= sunday ? t('topics.week_is_last') : undefined}
          onClick={() => onWeek(shiftDay(monday, 7))}
        >
          <IconChevronRight size={16} stroke={1.8} />
        </ActionIcon>
        {mayEdit && (
          <Button variant="default" onClick={() => setAdding(window.getSelection()?.toString().trim() ?? '')}>
            {t('topics.add_words')}
          </Button>
        )}
        <span>{mayEdit && t('topics.select_hint')}</span>
      </div>
      {!first ? (
        reports.error ? (
          <RefusedState error={reports.error} what={t('reports.failed')} onRetry={() => void reports.refetch()} />
        ) : (
          <Waiting rows={5} height={110} label={t('state.loading')} />
        )
      ) : (
        <div className={classes.board}>
          <div className={classes.writers}>
            {rows.length === 0 && <Empty sentence={t('topics.quiet_week')} />}
            {writers.map(([writer, written]) => (
              <Panel
                key={writer}
                flush
                title={writer === '' ? t('topics.customers_themselves') : writer}
                aside={<Num n={written.length} />}
              >
                {written.map((report) => (
                  <div key={`${report.customer.key}:${report.report}`} className={classes.one}>
                    <ReportCard report={report} actions={mayEdit && <Actions report={report} />} />
                  </div>
                ))}
              </Panel>
            ))}
            {reports.hasNextPage && (
              <Button
                variant="default"
                loading={reports.isFetchingNextPage}
                onClick={() => void reports.fetchNextPage()}
              >
                {t('topics.more_of_week', { shown: rows.length, total: first.total })}
              </Button>
            )}
          </div>
          <Comparison monday={monday} sunday={sunday} />
        </div>
      )}
      {adding !== null && <AddTerm term={adding} onClose={() => setAdding(null)} />}
    </>
  )
}

/** Remarks first: they are what the meeting is for. */
const byWriter = (rows: Report[]): [string, Report[]][] => {
  const writers = new Map<string, Report[]>()
  for (const row of rows) {
    const writer = row.rep ?? ''
    writers.set(writer, [...(writers.get(writer) ?? []), row])
  }
  const hasRemark = (row: Report) => row.texts.some((text) => text.field === 'remark')
  return [...writers]
    .map(([writer, written]): [string, Report[]] => [
      writer,
      written.toSorted((a, b) => Number(hasRemark(b)) - Number(hasRemark(a))),
    ])
    .toSorted(([a], [b]) => a.localeCompare(b, 'ja'))
}

const Actions = ({ report }: { report: Report }) => {
  const { t } = useTranslation()
  const hit = report.texts.flatMap((text) => text.hits).find((each) => each.counts)
  if (!hit) return null
  return (
    <ButtonLink
      size="compact-xs"
      variant="default"
      to={paths.newSegment}
      search={{ draft: JSON.stringify(conditionOf(hit.topic, null)) }}
    >
      {t('topics.condition_of', { topic: hit.name })}
    </ButtonLink>
  )
}

const Comparison = ({ monday, sunday }: { monday: string; sunday: string }) => {
  const { t } = useTranslation()
  const { data } = useQuery(mentionsQuery({ by: 'term', unit: 'week', from: shiftDay(monday, -7), to: sunday }))
  const rows = (data?.rows ?? []).filter((row) => 0 < (row.counts[1] ?? 0)).slice(0, 25)
  return (
    <Panel title={t('topics.heard_this_week')} aside={t('topics.this_and_last')}>
      {rows.length === 0 ? (
        <p className={classes.none}>{t('topics.no_mentions')}</p>
      ) : (
        <table className={classes.terms}>
          <tbody>
            {rows.map(({ topic, key, counts: [last = 0, now = 0] }) => (
              <tr key={`${topic}:${key}`}>
                <th scope="row">{key}</th>
                <td>
                  <Num n={now} />
                </td>
                <td className={classes.last}>{last === 0 ? t('topics.new') : <Num n={last} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
