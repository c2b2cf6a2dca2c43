/** Who is in, as a list of any length; a row asks why. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '@/api/query'
import type { Member } from '@/api/types'
import { paths } from '@/domain/paths'
import { Moment, RefusedState } from '@/features/session'
import { Empty, Waiting } from '@/ui/states'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'
import classes from './segment-members.module.css'

type SegmentMembersProps = { id: string; q: string; asked: string | undefined; onWhy: (key: string) => void }

export const SegmentMembers = ({ id, q, asked, onWhy }: SegmentMembersProps) => {
  const { t } = useTranslation()
  const members = useInfiniteQuery(membersQuery(id, q))
  const { fetchNextPage, isFetchingNextPage, hasNextPage } = members
  const rows = useMemo(() => members.data?.pages.flatMap((page) => page.rows) ?? [], [members.data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  if (members.error && !members.data) {
    return (
      <RefusedState error={members.error} what={t('segments.members_failed')} onRetry={() => void members.refetch()} />
    )
  }
  if (!members.data) return <Waiting label={t('state.loading')} />
  const total = members.data.pages[0]?.count ?? rows.length
  if (rows.length === 0) return <Empty sentence={q ? t('segments.nobody_found', { q }) : t('segments.nobody')} />

  const columns: GridColumn<Member>[] = [
    {
      key: 'name',
      title: t('customer.name'),
      width: 'minmax(160px, 1.4fr)',
      cell: (row) => (
        <Link to={paths.customer} params={{ key: row.key }} className={classes.name}>
          {row.name}
        </Link>
      ),
    },
    {
      key: 'reason',
      title: t('why.reason'),
      width: 'minmax(180px, 2.4fr)',
      cell: (row) => (
        <div className={classes.reason} title={row.reason} data-sentence>
          {row.reason}
        </div>
      ),
    },
    { key: 'rep', title: t('customer.rep'), width: '92px', cell: (row) => row.rep ?? '–' },
    { key: 'since', title: t('why.since'), width: '96px', cell: (row) => <Moment at={row.since} /> },
    { key: 'change', title: t('why.may_change'), width: '96px', cell: (row) => <Moment at={row.may_change_at} /> },
    {
      key: 'why',
      title: '',
      width: '76px',
      align: 'end',
      cell: (row) => (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('why.ask_about', { name: row.name })}
          onClick={() => onWhy(row.key)}
        >
          {t('why.ask')}
        </Button>
      ),
    },
  ]
  return (
    <VirtualGrid
      label={t('segments.members')}
      columns={columns}
      rows={rows}
      total={total}
      rowKey={(row) => row.key}
      selected={asked ?? null}
      onOpen={(row) => onWhy(row.key)}
      onEnd={more}
      stale={members.isPlaceholderData}
    />
  )
}
