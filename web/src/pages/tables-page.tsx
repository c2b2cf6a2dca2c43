/** RFM・クロス集計: two measures side by side; RFM is the first of them. */
import { Button, Select } from '@mantine/core'
import { IconTableColumn } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { segmentsQuery, type TableAsked, tableQuery } from '@/api/query'
import { formatDateTime } from '@/domain/format'
import { paths } from '@/domain/paths'
import { type Axis, readAxis, readShown, type Shown, writeAxis, writeShown } from '@/domain/table'
import { useLabels } from '@/features/conditions'
import { AxisFields, CellPeople, Grid, ShownFields } from '@/features/crosstab'
import { AsOf, RefusedState, useWhen } from '@/features/session'
import { Page } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'
import classes from './tables-page.module.css'

const route = getRouteApi('/app/tables')

export type TablesAsked = {
  rows?: string
  columns?: string
  beside?: string
  within?: string
  before?: string
  /** The opened cell: `2-0`. */
  cell?: string
}

/** Tables to begin with, the first of them RFM. */
const BEGINNINGS = {
  rfm: {
    rows: 'recency:purchased:30,90,180,365',
    columns: 'frequency:purchased:365:1,2,4,8',
    beside: 'amount:purchased:amount:365',
  },
  industry: {
    rows: 'attribute:industry',
    columns: 'amount:purchased:amount:365',
    beside: 'amount:purchased:amount:365',
  },
  usage: { rows: 'recency:login:7,14,30,60', columns: 'amount:purchased:amount:365', beside: undefined },
  rep: { rows: 'attribute:rep', columns: 'frequency:meeting_set:90:1,2,4', beside: undefined },
} as const
type Beginning = keyof typeof BEGINNINGS

const BEFORE = ['7', '30', '90', '180'] as const
const NO_COLUMNS = '-'

export const TablesPage = () => {
  const { t } = useTranslation()
  const when = useWhen()
  const asked = route.useSearch()
  const navigate = useNavigate()
  const search = useCallback(
    (part: Partial<TablesAsked>) =>
      void navigate({ to: paths.tables, search: (before) => ({ ...before, ...part }), replace: true }),
    [navigate],
  )
  const segments = useQuery(segmentsQuery).data?.segments.filter((row) => !row.retired && row.faults.length === 0)
  const question = useQuestion(asked)
  const { data: table, error, refetch, isPlaceholderData } = useQuery(tableQuery(question))
  const nameOf = useAxisName()
  const at = useMemo(() => cellIn(asked.cell), [asked.cell])
  return (
    <Page
      title={t('nav.tables')}
      lead={<p className={classes.lead}>{t('tables.lead')}</p>}
      aside={
        table && (
          <>
            <span>{t('figure.customers', { count: table.total })}</span>
            <AsOf at={table.as_of} />
            {table.before && <span>{t('tables.against', { time: formatDateTime(table.before, when) })}</span>}
          </>
        )
      }
    >
      <div className={classes.bar}>
        {(Object.keys(BEGINNINGS) as Beginning[]).map((each) => (
          <Button
            key={each}
            size="compact-sm"
            variant={isOf(asked, each) ? 'light' : 'default'}
            aria-pressed={isOf(asked, each)}
            onClick={() => search({ ...BEGINNINGS[each], cell: undefined })}
          >
            {t(`tables.begin.${each}`)}
          </Button>
        ))}
        <Select
          size="xs"
          w={190}
          aria-label={t('tables.within')}
          placeholder={t('tables.within_all')}
          searchable
          clearable
          value={asked.within ?? null}
          data={segments?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          onChange={(within) => search({ within: within ?? undefined, cell: undefined })}
        />
        <Select
          size="xs"
          w={150}
          aria-label={t('tables.before')}
          allowDeselect={false}
          value={asked.before ?? BEFORE[1]}
          data={BEFORE.map((days) => ({ value: days, label: t('tables.days_ago', { days }) }))}
          onChange={(before) => before && search({ before })}
        />
      </div>
      <Sides
        table={table && !isPlaceholderData ? { rows: table.rows, columns: table.columns } : question}
        shown={question.shown}
        search={search}
      />
      {error && !isPlaceholderData && !table ? (
        <RefusedState error={error} what={t('tables.failed')} onRetry={() => void refetch()} />
      ) : !table ? (
        <Waiting rows={6} height={60} label={t('state.loading')} />
      ) : table.total === 0 ? (
        <Empty icon={<IconTableColumn size={30} stroke={1.4} aria-hidden />} sentence={t('tables.nobody')} />
      ) : (
        <div className={isPlaceholderData ? classes.old : undefined}>
          <Grid
            table={table}
            shown={question.shown ?? null}
            label={t('tables.label')}
            corner={[table.rows, table.columns]
              .flatMap((axis, at) => (axis ? [`${at === 0 ? '↓' : '→'} ${nameOf(axis)}`] : []))
              .join('　')}
            onOpen={({ row, column }) => search({ cell: `${row}-${column}` })}
          />
          <p className={classes.legend}>{t('tables.legend')}</p>
        </div>
      )}
      {table && at && at.row < table.row_bands.length && (
        <CellPeople asked={question} table={table} at={at} onClose={() => search({ cell: undefined })} />
      )}
    </Page>
  )
}

/** What a side measures, in words. */
const useAxisName = () => {
  const { t } = useTranslation()
  const labels = useLabels()
  return (axis: Axis): string => {
    switch (axis.by) {
      case 'recency':
        return t('tables.axis.recency', { what: labels.event(axis.event) })
      case 'frequency':
        return t('tables.axis.frequency', { what: labels.event(axis.event), days: axis.days })
      case 'amount':
        return t('tables.axis.amount', {
          what: labels.event(axis.event),
          of: labels.property(axis.event, axis.of),
          days: axis.days,
        })
      case 'attribute':
        return labels.attribute(axis.key)
      case 'segments':
        return t('tables.axis.segments')
    }
  }
}

/** What the address asks for; RFM where it says nothing that can be read. */
const useQuestion = ({ rows, columns, beside, within, before }: TablesAsked): TableAsked =>
  useMemo(() => {
    const first = BEGINNINGS.rfm
    const fresh = rows === undefined
    const side = (text: string | undefined) => (text === undefined ? null : readAxis(text))
    return {
      rows: side(rows) ?? (readAxis(first.rows) as Axis),
      columns: columns === NO_COLUMNS ? undefined : (side(fresh ? first.columns : columns) ?? undefined),
      shown: readShown((fresh ? first.beside : beside) ?? '') ?? undefined,
      within,
      before_days: Number(before) || Number(BEFORE[1]),
    }
  }, [rows, columns, beside, within, before])

const isOf = (asked: TablesAsked, name: Beginning) => {
  const { rows, columns } = BEGINNINGS[name]
  return asked.rows === undefined ? name === 'rfm' : asked.rows === rows && asked.columns === columns
}

const cellIn = (text: string | undefined) => {
  const [row, column] = (text ?? '').split('-').map(Number)
  return row !== undefined && column !== undefined && Number.isInteger(row) && Number.isInteger(column)
    ? { row, column }
    : null
}

type SidesProps = {
  table: { rows: Axis; columns?: Axis | null | undefined }
  shown: Shown | undefined
  search: (part: Partial<TablesAsked>) => void
}

/** The sides as they were drawn, with the edges that were proposed. */
const Sides = ({ table, shown, search }: SidesProps) => {
  const { t } = useTranslation()
  const all = (part: Partial<TablesAsked>) =>
    search({
      rows: writeAxis(table.rows),
      columns: table.columns ? writeAxis(table.columns) : NO_COLUMNS,
      beside: shown && writeShown(shown),
      cell: undefined,
      ...part,
    })
  return (
    <details className={classes.sides}>
      <summary>{t('tables.change')}</summary>
      <div className={classes.axes}>
        <AxisFields
          title={t('tables.rows')}
          axis={table.rows}
          onAxis={(axis) => axis && all({ rows: writeAxis(axis) })}
        />
        <AxisFields
          title={t('tables.columns')}
          axis={table.columns ?? null}
          optional
          onAxis={(axis) => all({ columns: axis ? writeAxis(axis) : NO_COLUMNS })}
        />
        <ShownFields shown={shown ?? null} onShown={(next) => all({ beside: next ? writeShown(next) : undefined })} />
      </div>
    </details>
  )
}
