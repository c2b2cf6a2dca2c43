/** Customers by the window: the next hundred come when the end is near. */
import { IconBuilding, IconUser, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { customersQuery } from '@/api/query'
import type { ChosenCustomers, CustomerRow } from '@/api/types'
import { paths } from '@/domain/paths'
import { asChosen, countOf, EVERYBODY, has, NOBODY, type Selection, withRows } from '@/domain/selection'
import { ChosenBar } from '@/features/customer-edits'
import { AsOf, Moment, Num, RefusedState, useMay } from '@/features/session'
import { SignBadge, SignRing } from '@/features/sign-marks'
import { ButtonLink } from '@/ui/button-link'
import { Empty, Waiting } from '@/ui/states'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'
import type { CustomersSearch } from './customers-filter'
import classes from './customers-table.module.css'

/** Whom to change, as it was when somebody began to. */
export type Chosen = { who: ChosenCustomers; count: number }

type CustomersTableProps = {
  search: CustomersSearch
  selection: Selection
  onSelect: (selection: Selection) => void
  onEdit: (chosen: Chosen) => void
}

export const CustomersTable = ({ search, selection, onSelect, onEdit }: CustomersTableProps) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const customers = useInfiniteQuery(customersQuery(search))
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = customers
  const rows = useMemo(() => customers.data?.pages.flatMap((page) => page.rows) ?? [], [customers.data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const first = customers.data?.pages[0]
  const columns = useColumns()

  if (!first) {
    return customers.error ? (
      <RefusedState error={customers.error} what={t('customer.list_failed')} onRetry={() => void customers.refetch()} />
    ) : (
      <Waiting rows={12} label={t('state.loading')} />
    )
  }
  if (rows.length === 0) return <NobodyHere filtered={Object.values(search).some(Boolean)} />
  const count = countOf(selection, first.total)
  const who = asChosen(selection, search, first.total)
  return (
    <>
      {0 < count ? (
        <ChosenBar
          who={who}
          count={count}
          total={first.total}
          onEdit={() => onEdit({ who, count })}
          onAll={() => onSelect(EVERYBODY)}
          onNone={() => onSelect(NOBODY)}
        />
      ) : (
        <p className={classes.total}>
          {t('figure.customers', { count: first.total })} <AsOf at={first.as_of} />
        </p>
      )}
      <VirtualGrid
        label={t('nav.customers')}
        columns={columns}
        rows={rows}
        total={first.total}
        rowKey={(row) => row.key}
        onOpen={(row) => void navigate({ to: paths.customer, params: { key: row.key } })}
        onEnd={more}
        stale={customers.isPlaceholderData}
        choice={{
          has: (row) => has(selection, row.key),
          onChoose: (chosen, on) =>
            onSelect(
              withRows(
                selection,
                chosen.map(({ key }) => key),
                on,
              ),
            ),
          all: count === first.total,
          some: 0 < count,
          onAll: (on) => onSelect(on ? EVERYBODY : NOBODY),
          allLabel: t('edits.choose_all', { count: first.total }),
          rowLabel: (row) => t('edits.choose', { name: row.name }),
        }}
      />
    </>
  )
}

const useColumns = (): GridColumn<CustomerRow>[] => {
  const { t } = useTranslation()
  return [
    {
      key: 'name',
      title: t('customer.name'),
      width: 'minmax(200px, 2fr)',
      cell: (row) => {
        const Kind = row.kind === 'company' ? IconBuilding : IconUser
        return (
          <span className={classes.name}>
            <Kind size={15} stroke={1.6} aria-label={t(`customer.kind.${row.kind}`)} />
            <Link to={paths.customer} params={{ key: row.key }}>
              {row.name}
            </Link>
          </span>
        )
      },
    },
    {
      key: 'signs',
      title: t('nav.signs'),
      width: 'minmax(200px, 2fr)',
      cell: (row) => (
        <span className={classes.signs}>
          {row.signs.slice(0, 2).map((sign) => (
            <span key={sign.id} className={classes.sign}>
              <SignRing sign={sign} size={26} />
              <SignBadge kind={sign.kind} name={sign.name} />
            </span>
          ))}
          {row.signs.length > 2 && (
            <span>
              +<Num n={row.signs.length - 2} />
            </span>
          )}
        </span>
      ),
    },
    { key: 'industry', title: t('customer.industry'), width: 'minmax(90px, 1fr)', cell: (row) => row.industry ?? '–' },
    { key: 'rep', title: t('customer.rep'), width: '110px', cell: (row) => row.rep ?? '–' },
    {
      key: 'last',
      title: t('customer.last_event'),
      width: '110px',
      align: 'end',
      cell: (row) => <Moment at={row.last_event_at} />,
    },
    {
      key: 'key',
      title: t('customer.key'),
      width: '104px',
      align: 'end',
      cell: (row) => <span className={classes.key}>{row.key}</span>,
    },
  ]
}

const NobodyHere = ({ filtered }: { filtered: boolean }) => {
  const { t } = useTranslation()
  const mayImport = useMay('import')
  const action = filtered ? (
    <ButtonLink to={paths.customers} variant="default">
      {t('customer.show_all')}
    </ButtonLink>
  ) : (
    mayImport && <ButtonLink to={paths.imports}>{t('imports.add')}</ButtonLink>
  )
  return (
    <Empty
      icon={<IconUsers size={30} stroke={1.4} aria-hidden />}
      sentence={filtered ? t('customer.none_found') : t('customer.empty')}
      action={action}
    />
  )
}
