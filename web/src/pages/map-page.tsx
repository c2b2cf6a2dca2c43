/** セグメントマップ: how the segments lie to each other, and who moved between them. */
import { MultiSelect, SegmentedControl, TextInput } from '@mantine/core'
import { IconMap2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { combinationsQuery, everybodyQuery, flowsQuery, relationsQuery, segmentsQuery } from '@/api/query'
import type { SegmentRow } from '@/api/types'
import { dayOf, startOfDay } from '@/domain/format'
import { among, largest } from '@/domain/overlap'
import { paths } from '@/domain/paths'
import {
  Care,
  CombinationTable,
  FlowPeople,
  FlowPicture,
  Matrix,
  MergeDialog,
  type Pair,
  Treemap,
} from '@/features/segment-map'
import { AsOf, RefusedState, useMay, useWhen } from '@/features/session'
import { Page } from '@/ui/page'
import { matches } from '@/ui/search'
import { SearchField } from '@/ui/search-field'
import { useShortcuts } from '@/ui/shortcuts'
import { Empty, Waiting } from '@/ui/states'
import classes from './map-page.module.css'

const route = getRouteApi('/app/map')

export const VIEWS = ['tree', 'matrix', 'flow', 'care', 'sets'] as const
export type View = (typeof VIEWS)[number]

export type MapAsked = {
  view?: View
  /** Narrows the matrix. */
  q?: string
  /** The cell of the matrix. */
  row?: string
  column?: string
  pair?: 'open'
  /** `1`: the two are about to become one. */
  merge?: '1'
  /** Days of the flow, its segments in order, and the band that is opened. */
  from?: string
  to?: string
  ids?: string
  a?: string
  b?: string
}

export const MapPage = () => {
  const { t } = useTranslation()
  const asked = route.useSearch()
  const view = asked.view ?? 'tree'
  const navigate = useNavigate()
  const search = useCallback(
    (part: Partial<MapAsked>) =>
      void navigate({ to: paths.map, search: (before) => ({ ...before, ...part }), replace: true }),
    [navigate],
  )
  const show = (next: View) => search({ view: next === 'tree' ? undefined : next, a: undefined, b: undefined })
  useShortcuts({
    1: () => show('tree'),
    2: () => show('matrix'),
    3: () => show('flow'),
    4: () => show('care'),
    5: () => show('sets'),
  })
  const { data, error, refetch } = useQuery(segmentsQuery)
  const rows = useMemo(() => data?.segments.filter((row) => !row.retired && row.faults.length === 0), [data])

  return (
    <Page
      fill={view === 'tree'}
      title={t('nav.map')}
      lead={<p className={classes.lead}>{t(`map.lead.${view}`)}</p>}
      aside={data && <AsOf at={data.as_of} />}
      actions={
        <SegmentedControl
          aria-label={t('map.view')}
          value={view}
          data={VIEWS.map((each, at) => ({ value: each, label: `${at + 1} ${t(`map.views.${each}`)}` }))}
          onChange={(next) => show(next as View)}
        />
      }
    >
      {rows && rows.length < 2 ? (
        <Empty icon={<IconMap2 size={30} stroke={1.4} aria-hidden />} sentence={t('map.needs_more')} />
      ) : rows && view === 'tree' ? (
        <Treemap rows={rows} />
      ) : rows && view === 'flow' ? (
        <FlowView rows={rows} asked={asked} search={search} />
      ) : rows && view === 'sets' ? (
        <SetsView rows={rows} asked={asked} search={search} />
      ) : rows ? (
        <RelationsView rows={rows} asked={asked} search={search} />
      ) : error ? (
        <RefusedState error={error} what={t('segments.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={6} height={60} label={t('state.loading')} />
      )}
      {rows && asked.merge && asked.row && asked.column && (
        <MergeDialog
          key={`${asked.row}=${asked.column}`}
          rows={rows}
          a={asked.row}
          b={asked.column}
          onClose={() => search({ merge: undefined })}
          onMerged={(kept) => search({ merge: undefined, row: kept, column: kept, pair: undefined })}
        />
      )}
    </Page>
  )
}

type ViewProps = { rows: SegmentRow[]; asked: MapAsked; search: (part: Partial<MapAsked>) => void }

const RelationsView = ({ rows, asked, search }: ViewProps) => {
  const { t } = useTranslation()
  const relations = useQuery(relationsQuery)
  const everybody = useQuery(everybodyQuery)
  const mayEdit = useMay('edit_segments')
  const chosen: Pair | null = asked.row && asked.column ? { row: asked.row, column: asked.column } : null
  if (relations.error && !relations.data) {
    return <RefusedState error={relations.error} what={t('map.failed')} onRetry={() => void relations.refetch()} />
  }
  if (!relations.data) return <Waiting rows={6} height={60} label={t('state.loading')} />
  const told = relations.data
  if (asked.view === 'care') {
    return (
      <Care
        relations={told}
        rows={rows}
        everybody={everybody.data ?? Number.POSITIVE_INFINITY}
        pairLinks={(a, b) => (
          <>
            <Link to={paths.map} search={{ view: 'matrix', row: a, column: b, pair: 'open' }}>
              {t('map.compare')}
            </Link>
            {mayEdit && (
              <Link to={paths.map} search={{ view: 'care', row: a, column: b, merge: '1' }}>
                {t('map.merge.begin')}
              </Link>
            )}
          </>
        )}
      />
    )
  }
  const q = asked.q ?? ''
  const found = q ? among(told, ({ id, name }) => matches(q, name, id)) : told
  const shown = largest(found, MOST_IN_MATRIX)
  return (
    <>
      <div className={classes.bar}>
        <SearchField
          value={q}
          label={t('map.narrow')}
          clearLabel={t('action.clear')}
          onSearch={(text) => search({ q: text || undefined })}
        />
        {shown !== found && (
          <span className={classes.lead}>
            {t('map.largest', { count: found.segments.length, shown: shown.segments.length })}
          </span>
        )}
      </div>
      {shown.segments.length === 0 ? (
        <Empty sentence={t('segments.none_found')} />
      ) : (
        <Matrix
          relations={shown}
          chosen={chosen}
          opened={asked.pair === 'open'}
          onChoose={({ row, column }, opens) => search({ row, column, pair: opens ? 'open' : undefined })}
          onClose={() => search({ pair: undefined })}
          onMerge={mayEdit ? ({ row, column }) => search({ row, column, merge: '1' }) : undefined}
        />
      )}
    </>
  )
}

/** More cells than that are too small to be told from each other. */
const MOST_IN_MATRIX = 300

const FIRST_DAYS_BACK = 30
const FIRST_SEGMENTS = 5
const DAY_MS = 86_400_000

/** Where somebody is among these says most when the golden classes come first. */
const firstIds = (rows: SegmentRow[]) =>
  rows
    .toSorted((x, y) => Number(y.golden !== null) - Number(x.golden !== null) || y.count - x.count)
    .slice(0, FIRST_SEGMENTS)
    .map(({ id }) => id)

const FlowView = ({ rows, asked, search }: ViewProps) => {
  const { t } = useTranslation()
  const { now, timeZone } = useWhen()
  const today = dayOf(new Date(now).toISOString(), timeZone)
  const from = asked.from ?? dayOf(new Date(now - FIRST_DAYS_BACK * DAY_MS).toISOString(), timeZone)
  const to = asked.to ?? today
  const chosen = useMemo(() => asked.ids?.split(',') ?? firstIds(rows), [asked.ids, rows])
  const known = chosen.filter((id) => rows.some((row) => row.id === id))
  const question = {
    from: startOfDay(from, timeZone),
    // Today is not over yet: what is known up to the minute counts.
    to: to === today ? minuteOf(now) : startOfDay(to, timeZone),
    ids: known.join(','),
  }
  const flows = useQuery({ ...flowsQuery(question), enabled: known.length > 0 })
  return (
    <>
      <div className={classes.bar}>
        <TextInput
          type="date"
          label={t('map.from_day')}
          max={to}
          value={from}
          onChange={(event) => event.currentTarget.value && search({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('map.to_day')}
          min={from}
          max={today}
          value={to}
          onChange={(event) => event.currentTarget.value && search({ to: event.currentTarget.value })}
        />
        <Chosen label={t('map.flow_segments')} rows={rows} value={known} search={search} />
      </div>
      {flows.data ? (
        <div className={classes.picture} data-old={flows.isPlaceholderData || undefined}>
          <FlowPicture flows={flows.data} />
        </div>
      ) : flows.error ? (
        <RefusedState error={flows.error} what={t('map.flow_failed')} onRetry={() => void flows.refetch()} />
      ) : (
        <Waiting rows={6} height={60} label={t('state.loading')} />
      )}
      {flows.data && asked.a && asked.b && (
        <FlowPeople
          asked={question}
          flows={flows.data}
          a={asked.a}
          b={asked.b}
          onClose={() => search({ a: undefined, b: undefined })}
        />
      )}
    </>
  )
}

type ChosenProps = Pick<ViewProps, 'rows' | 'search'> & { label: string; value: string[] }

const Chosen = ({ label, rows, value, search }: ChosenProps) => (
  <MultiSelect
    className={classes.chosen}
    size="xs"
    label={label}
    searchable
    maxValues={12}
    value={value}
    data={rows.map(({ id, name }) => ({ value: id, label: name }))}
    onChange={(ids) => search({ ids: ids.join(',') || undefined })}
  />
)

/** Exactly which of up to twelve segments customers are in. */
const SetsView = ({ rows, asked, search }: ViewProps) => {
  const { t } = useTranslation()
  const chosen = useMemo(() => asked.ids?.split(',') ?? firstIds(rows), [asked.ids, rows])
  const known = chosen.filter((id) => rows.some((row) => row.id === id))
  const told = useQuery({ ...combinationsQuery(known.join(',')), enabled: 2 <= known.length })
  return (
    <>
      <div className={classes.bar}>
        <Chosen label={t('map.sets_segments')} rows={rows} value={known} search={search} />
      </div>
      {known.length < 2 ? (
        <Empty sentence={t('map.sets_needs')} />
      ) : told.error ? (
        <RefusedState error={told.error} what={t('map.failed')} onRetry={() => void told.refetch()} />
      ) : told.data ? (
        <CombinationTable told={told.data} />
      ) : (
        <Waiting rows={6} height={40} label={t('state.loading')} />
      )}
    </>
  )
}

/** The last whole quarter of an hour: the question stays the same while one looks at the answer. */
const QUARTER_MS = 15 * 60_000
const minuteOf = (now: number) => new Date(Math.floor(now / QUARTER_MS) * QUARTER_MS).toISOString()
