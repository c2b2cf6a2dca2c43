/** Who carries a sign, strongest first. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { signCustomersQuery } from '@/api/query'
import type { Sign, SignCustomer } from '@/api/types'
import { paths } from '@/domain/paths'
import { Moment, RefusedState } from '@/features/session'
import { SignRing } from '@/features/sign-marks'
import { Empty, Waiting } from '@/ui/states'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'

export const SignCustomers = ({ sign }: { sign: Sign }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const customers = useInfiniteQuery(signCustomersQuery(sign.id))
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = customers
  const rows = useMemo(() => customers.data?.pages.flatMap((page) => page.rows) ?? [], [customers.data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const first = customers.data?.pages[0]
  if (!first) {
    return customers.error ? (
      <RefusedState error={customers.error} what={t('sign.failed')} onRetry={() => void customers.refetch()} />
    ) : (
      <Waiting label={t('state.loading')} />
    )
  }
  if (rows.length === 0) return <Empty sentence={t('sign.nobody')} />
  const columns: GridColumn<SignCustomer>[] = [
    {
      key: 'strength',
      title: t('sign.strength_title'),
      width: '56px',
      cell: (row) => <SignRing sign={{ kind: sign.kind, strength: row.strength }} size={32} />,
    },
    {
      key: 'name',
      title: t('customer.name'),
      width: 'minmax(160px, 1.2fr)',
      cell: (row) => (
        <Link to={paths.customer} params={{ key: row.key }} style={{ fontWeight: 600, textDecoration: 'none' }}>
          {row.name}
        </Link>
      ),
    },
    {
      key: 'reason',
      title: t('why.reason'),
      width: 'minmax(200px, 3fr)',
      cell: (row) => <span title={row.reason}>{row.reason}</span>,
    },
    { key: 'rep', title: t('customer.rep'), width: '110px', cell: (row) => row.rep ?? '–' },
    { key: 'since', title: t('why.since'), width: '110px', align: 'end', cell: (row) => <Moment at={row.since} /> },
  ]
  return (
    <VirtualGrid
      label={sign.name}
      columns={columns}
      rows={rows}
      total={first.count}
      rowKey={(row) => row.key}
      rowHeight={44}
      onOpen={(row) => void navigate({ to: paths.customer, params: { key: row.key } })}
      onEnd={more}
    />
  )
}
