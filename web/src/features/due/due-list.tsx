/** What is due with everybody, the likeliest first: this week, overdue or all, by product, rep and name. */
import { SegmentedControl, Select } from '@mantine/core'
import { IconBasket } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type DueAsked, dueQuery } from '@/api/query'
import type { DueRow } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { AsOf, RefusedState, useLanguage, useMay } from '@/features/session'
import { SearchField } from '@/ui/search-field'
import { Empty, Waiting } from '@/ui/states'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'
import classes from './due.module.css'
import { DueDay } from './due-day'

export type { DueAsked }

type DueProps = { asked: DueAsked; onAsked: (part: DueAsked) => void }

const ALL = ''

export const DueFilter = ({ asked, onAsked }: DueProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const seesAll = useMay('see_all_customers')
  const first = useInfiniteQuery(dueQuery(asked)).data?.pages[0]
  const counted = (label: string, n: number | undefined) =>
    n === undefined ? label : `${label} ${formatNumber(n, language)}`
  const choices = (all: string, rows: { name: string; count: number }[], chosen: string | undefined) => [
    { value: ALL, label: all },
    ...(chosen && !rows.some(({ name }) => name === chosen) ? [{ value: chosen, label: chosen }] : []),
    ...rows.map(({ name, count }) => ({ value: name, label: counted(name, count) })),
  ]
  return (
    <div className={classes.tools}>
      <SegmentedControl
        aria-label={t('due.when_label')}
        value={asked.when ?? 'week'}
        data={[
          { value: 'week', label: counted(t('due.when.week'), first?.week) },
          { value: 'overdue', label: counted(t('due.when.overdue'), first?.overdue) },
          { value: 'all', label: counted(t('due.when.all'), first?.all) },
        ]}
        onChange={(when) => onAsked({ when: when === 'week' ? undefined : (when as DueAsked['when']) })}
      />
      <Select
        searchable
        aria-label={t('due.product')}
        w={220}
        value={asked.product ?? ALL}
        data={choices(t('due.any_product'), first?.products ?? [], asked.product)}
        onChange={(product) => onAsked({ product: product || undefined })}
      />
      {seesAll && (
        <Select
          searchable
          aria-label={t('customer.rep')}
          w={160}
          value={asked.rep ?? ALL}
          data={choices(t('customer.any_rep'), first?.reps ?? [], asked.rep)}
          onChange={(rep) => onAsked({ rep: rep || undefined })}
        />
      )}
      <SearchField
        value={asked.q ?? ''}
        label={t('customer.search')}
        clearLabel={t('action.clear')}
        onSearch={(q) => onAsked({ q: q || undefined })}
      />
    </div>
  )
}

export const DueList = ({ asked }: { asked: DueAsked }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const due = useInfiniteQuery(dueQuery(asked))
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = due
  const rows = useMemo(() => due.data?.pages.flatMap((page) => page.rows) ?? [], [due.data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const first = due.data?.pages[0]
  const columns = useColumns(first?.within_days ?? 14)
  if (!first) {
    return due.error ? (
      <RefusedState error={due.error} what={t('due.failed')} onRetry={() => void due.refetch()} />
    ) : (
      <Waiting label={t('state.loading')} />
    )
  }
  if (rows.length === 0) {
    const sentence = !first.learnt_at
      ? t('due.nothing_yet')
      : !first.learnt
        ? t('due.too_little')
        : t(asked.when === 'all' || asked.when === 'overdue' ? 'due.none' : 'due.none_this_week')
    return <Empty icon={<IconBasket size={30} stroke={1.4} aria-hidden />} sentence={sentence} />
  }
  return (
    <>
      <p className={classes.dim}>
        {t('due.rows', { count: first.count })} <AsOf at={first.as_of} />
      </p>
      <VirtualGrid
        label={t('due.title')}
        columns={columns}
        rows={rows}
        total={first.count}
        rowKey={(row) => `${row.customer.key} ${row.product}`}
        onOpen={(row) => void navigate({ to: paths.customer, params: { key: row.customer.key } })}
        onEnd={more}
        stale={due.isPlaceholderData}
      />
    </>
  )
}

const useColumns = (within: number): GridColumn<DueRow>[] => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return [
    {
      key: 'name',
      title: t('customer.name'),
      width: 'minmax(160px, 1.4fr)',
      cell: (row) => (
        <Link to={paths.customer} params={{ key: row.customer.key }} className={classes.name}>
          {row.customer.name}
        </Link>
      ),
    },
    {
      key: 'product',
      title: t('due.product'),
      width: 'minmax(140px, 1.4fr)',
      cell: (row) => <span title={row.product}>{row.product}</span>,
    },
    {
      key: 'again',
      title: t('due.again', { days: within }),
      width: '150px',
      align: 'end',
      cell: (row) => <b>{formatPercent(row.again, language)}</b>,
    },
    {
      key: 'due',
      title: t('due.due'),
      width: '200px',
      cell: (row) => <DueDay due={row.due} overdue={row.overdue_days} />,
    },
    { key: 'last', title: t('due.last'), width: '110px', cell: (row) => row.last },
    {
      key: 'times',
      title: t('due.times'),
      width: '100px',
      align: 'end',
      cell: (row) => formatNumber(row.times, language),
    },
    { key: 'rep', title: t('customer.rep'), width: '110px', cell: (row) => row.rep ?? '–' },
  ]
}
