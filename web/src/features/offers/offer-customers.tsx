/** Customers in the order in which an offer fits them: the level, what is met, what to ask first, and what would fit better. */
import { Select } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { offerCustomersQuery } from '@/api/query'
import type { Met, Offer, RankedCustomer } from '@/api/types'
import { paths } from '@/domain/paths'
import { LevelFigure, MatchBar } from '@/features/offer-marks'
import { AsOf, RefusedState } from '@/features/session'
import { SearchField } from '@/ui/search-field'
import { Empty, Waiting } from '@/ui/states'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'
import classes from './offers.module.css'

type OfferCustomersProps = {
  offer: Offer
  variant: string | undefined
  q: string
  /** Whose sheet is open. */
  chosen: string | undefined
  onVariant: (variant: string | undefined) => void
  onSearch: (q: string) => void
  onOpen: (key: string) => void
}

export const OfferCustomersGrid = (props: OfferCustomersProps) => {
  const { offer, variant, q, chosen, onVariant, onSearch, onOpen } = props
  const { t } = useTranslation()
  const customers = useInfiniteQuery(offerCustomersQuery(offer.id, variant, q))
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = customers
  const rows = useMemo(() => customers.data?.pages.flatMap((page) => page.rows) ?? [], [customers.data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const columns = useColumns(offer)
  const first = customers.data?.pages[0]
  const tools = (
    <div className={classes.tools}>
      <SearchField value={q} label={t('offers.search')} clearLabel={t('action.clear')} onSearch={onSearch} />
      {0 < offer.variants.length && (
        <Select
          aria-label={t('offers.as_variant')}
          value={variant ?? ''}
          allowDeselect={false}
          data={[
            { value: '', label: t('offers.itself') },
            ...offer.variants.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(chosen) => onVariant(chosen || undefined)}
        />
      )}
      {first && (
        <span className={classes.dim}>
          {t('offers.counted', { open: first.open, known: first.known, owners: first.owners })}{' '}
          <AsOf at={first.as_of} />
        </span>
      )}
      <Legend />
    </div>
  )
  if (!first) {
    return (
      <>
        {tools}
        {customers.error ? (
          <RefusedState error={customers.error} what={t('offers.failed')} onRetry={() => void customers.refetch()} />
        ) : (
          <Waiting label={t('state.loading')} />
        )}
      </>
    )
  }
  return (
    <>
      {tools}
      {rows.length === 0 ? (
        <Empty sentence={q ? t('offers.none_found') : t('offers.nobody')} />
      ) : (
        <VirtualGrid
          label={t('offers.ranking_of', { name: offer.name })}
          columns={columns}
          rows={rows}
          total={first.count}
          rowKey={(row) => row.key}
          rowHeight={46}
          selected={chosen ?? null}
          stale={customers.isPlaceholderData}
          onOpen={(row) => onOpen(row.key)}
          onEnd={more}
        />
      )}
    </>
  )
}

const useColumns = (offer: Offer): GridColumn<RankedCustomer>[] => {
  const { t } = useTranslation()
  const pieces = (row: RankedCustomer) =>
    offer.criteria.map(({ id, name, weight }, at) => ({ id, name, weight, state: row.states[at] ?? 'unknown' }))
  return [
    {
      key: 'level',
      title: t('offers.level'),
      width: '88px',
      cell: (row) => <LevelFigure level={row.level} atMost={row.at_most} />,
    },
    {
      key: 'name',
      title: t('customer.name'),
      width: 'minmax(150px, 1.2fr)',
      cell: (row) => (
        <Link to={paths.customer} params={{ key: row.key }} className={classes.name}>
          {row.name}
        </Link>
      ),
    },
    {
      key: 'fit',
      title: t('offers.criteria'),
      width: 'minmax(130px, 1.2fr)',
      cell: (row) => <MatchBar pieces={pieces(row)} />,
    },
    {
      key: 'ask',
      title: t('offers.ask_first'),
      width: 'minmax(150px, 1.6fr)',
      cell: (row) =>
        row.ask_first ? (
          <span title={row.ask_first.fact}>
            {row.ask_first.fact} <span className={classes.dim}>{t('offers.settles', { n: row.ask_first.points })}</span>
          </span>
        ) : (
          <span className={classes.dim}>{t('offers.all_known')}</span>
        ),
    },
    {
      key: 'better',
      title: t('offers.better'),
      width: 'minmax(120px, 1fr)',
      cell: (row) =>
        row.better ? (
          <span title={row.better.change}>
            {row.better.name} <LevelFigure level={row.better.level} atMost={row.better.at_most} />
          </span>
        ) : (
          '–'
        ),
    },
    { key: 'rep', title: t('customer.rep'), width: '104px', cell: (row) => row.rep ?? '–' },
  ]
}

const STATES: Met[] = ['met', 'unknown', 'unmet']

export const Legend = () => {
  const { t } = useTranslation()
  return (
    <span className={classes.legend} aria-hidden>
      {STATES.map((state) => (
        <span key={state}>
          <span>
            <MatchBar pieces={[{ id: state, name: '', weight: 1, state }]} />
          </span>
          {t(`offers.met.${state}`)}
        </span>
      ))}
    </span>
  )
}
