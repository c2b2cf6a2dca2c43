/** How often each topic came up over time: a small line for each, the chosen one large, all of it as numbers too. */
import { Button, SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dictionaryQuery, type MentionsAsked, mentionsQuery } from '@/api/query'
import type { MentionTable } from '@/api/types'
import { formatDate, formatNumber, startOfDay } from '@/domain/format'
import { paths } from '@/domain/paths'
import { AsOf, Num, RefusedState, useLanguage, useMay, useWhen } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { SizeChart } from '@/ui/size-chart'
import { Sparkline } from '@/ui/sparkline'
import { Empty, Waiting } from '@/ui/states'
import classes from './mentions-view.module.css'

export type MentionsSearch = Partial<MentionsAsked> & { row?: string }

type MentionsViewProps = { search: MentionsSearch; onSearch: (part: MentionsSearch) => void }

const ALL = '*'

export const MentionsView = ({ search, onSearch }: MentionsViewProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { row: chosen, by = 'topic', unit = 'week', ...rest } = search
  const seesDictionary = useMay('see_segments')
  const topics = useQuery({ ...dictionaryQuery, enabled: seesDictionary }).data?.topics ?? []
  const { data, error, refetch } = useQuery(mentionsQuery({ by, unit, ...rest }))
  return (
    <>
      <div className={classes.filter}>
        <SegmentedControl
          aria-label={t('topics.by')}
          value={by}
          data={[
            { value: 'topic', label: t('topics.by_topic') },
            { value: 'term', label: t('topics.by_term') },
          ]}
          onChange={(next) => onSearch({ by: next as 'topic' | 'term', row: undefined })}
        />
        <SegmentedControl
          aria-label={t('topics.unit')}
          value={unit}
          data={(['day', 'week', 'month'] as const).map((each) => ({ value: each, label: t(`topics.unit_${each}`) }))}
          onChange={(next) => onSearch({ unit: next as 'day' | 'week' | 'month' })}
        />
        <Select
          aria-label={t('reports.topic')}
          w={180}
          value={rest.topic ?? ALL}
          data={[
            { value: ALL, label: t('reports.any_topic') },
            ...topics.map(({ id, name }) => ({ value: id, label: name[language] })),
          ]}
          onChange={(topic) => onSearch({ topic: topic === ALL || !topic ? undefined : topic, row: undefined })}
        />
        {data && <AsOf at={data.as_of} />}
      </div>
      {!data ? (
        error ? (
          <RefusedState error={error} what={t('topics.failed')} onRetry={() => void refetch()} />
        ) : (
          <Waiting rows={6} label={t('state.loading')} />
        )
      ) : data.rows.length === 0 ? (
        <Empty sentence={t('topics.no_mentions')} />
      ) : (
        <Table table={data} by={by} chosen={chosen} onChoose={(row) => onSearch({ row })} />
      )}
    </>
  )
}

type TableProps = {
  table: MentionTable
  by: 'topic' | 'term'
  chosen: string | undefined
  onChoose: (row: string) => void
}

const Table = ({ table, by, chosen, onChoose }: TableProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const when = useWhen()
  const mayEdit = useMay('edit_segments')
  const formatDay = (day: string) => formatDate(startOfDay(day, when.timeZone), when)
  const row = table.rows.find((each) => each.key === chosen) ?? table.rows[0]
  const line = (counts: number[], name: string) => ({
    name,
    days: table.steps.map((day, at) => ({ day, n: counts[at] ?? 0 })),
  })
  return (
    <>
      {row && (
        <section className={classes.chart}>
          <header>
            <h2>{row.name}</h2>
            <ButtonLink
              variant="default"
              to={paths.reports}
              search={by === 'term' ? { term: row.key } : { topic: row.key }}
            >
              {t('topics.read_them')}
            </ButtonLink>
            {mayEdit && (
              <ButtonLink
                variant="default"
                to={paths.newSegment}
                search={{ draft: JSON.stringify(conditionOf(row.topic, by === 'term' ? row.key : null)) }}
              >
                {t('topics.make_condition')}
              </ButtonLink>
            )}
          </header>
          <SizeChart
            label={t('topics.over_time', { name: row.name })}
            line={line(row.counts, row.name)}
            behind={line(table.texts, t('topics.all_texts'))}
            height={190}
            formatDay={formatDay}
            formatNumber={(n) => formatNumber(n, language)}
            words={{ table: t('topics.as_table'), day: t('topics.step') }}
          />
        </section>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.frame} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t(by === 'term' ? 'topics.term' : 'reports.topic')}</th>
              <th scope="col">{t('topics.course')}</th>
              <th scope="col">{t('topics.latest')}</th>
              <th scope="col">{t('topics.before')}</th>
              <th scope="col">{t('topics.total')}</th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((each) => (
              <tr key={`${each.topic}:${each.key}`} aria-selected={each === row}>
                <th scope="row">
                  <Button variant="subtle" size="compact-sm" onClick={() => onChoose(each.key)}>
                    {each.name}
                  </Button>
                </th>
                <td>
                  <Sparkline values={each.counts} width={120} label={t('topics.over_time', { name: each.name })} />
                </td>
                <td>
                  <Num n={each.counts.at(-1) ?? 0} />
                </td>
                <td>
                  <Num n={each.counts.at(-2) ?? 0} />
                </td>
                <td>
                  <Link to={paths.reports} search={by === 'term' ? { term: each.key } : { topic: each.key }}>
                    <Num n={each.total} />
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {0 < table.more && <p className={classes.more}>{t('topics.more', { count: table.more })}</p>}
    </>
  )
}

/** Whoever had this come up within thirty days. */
export const conditionOf = (topic: string, term: string | null) =>
  term === null
    ? { mentions: topic, last: '30d' }
    : { event: 'mentioned', where: { topic, term, negated: false }, last: '30d' }
