/** What is bought together more often than chance: learnt in the background, held against what sells best, listed by how sure it is. */
import { Button, NumberInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { nextOffersQuery } from '@/api/query'
import type { NextOffers, Together } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import { GoodsFields } from '@/features/due'
import { AsOf, RefusedState, useLanguage, useMay, useRefused } from '@/features/session'
import { BarTable } from '@/ui/bar-table'
import { Panel } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'
import { WorkProgress } from '@/ui/work-progress'
import classes from './offers.module.css'

export const TogetherView = () => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(nextOffersQuery)
  if (!data) {
    return error ? (
      <RefusedState error={error} what={t('offers.failed')} onRetry={() => void refetch()} />
    ) : (
      <Waiting rows={4} label={t('state.loading')} />
    )
  }
  return (
    <>
      <p className={classes.dim}>{t('offers.together_lead')}</p>
      <Work shown={data} />
      {data.result ? <Found result={data.result} /> : <Empty sentence={t('offers.together_empty')} />}
    </>
  )
}

const Work = ({ shown }: { shown: NextOffers }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const queries = useQueryClient()
  const may = useMay('edit_segments')
  const refused = useRefused(t('offers.not_done'))
  const [goods, setGoods] = useState({
    event: shown.result?.event ?? 'purchased',
    property: shown.result?.property ?? 'product',
  })
  const [horizon, setHorizon] = useState(shown.result?.horizon_days ?? 90)
  const settled = {
    onSuccess: (told: unknown) => queries.setQueryData(nextOffersQuery.queryKey, told as NextOffers),
    onError: refused,
  }
  const begin = useMutation({
    mutationFn: () =>
      answer(
        client.POST('/api/v1/next-offers', {
          body: { event: goods.event.trim(), property: goods.property.trim(), horizon_days: horizon },
        }),
      ),
    ...settled,
  })
  const cancel = useMutation({ mutationFn: () => answer(client.DELETE('/api/v1/next-offers')), ...settled })
  if (shown.state === 'running') {
    const { done, total } = shown.progress ?? { done: 0, total: 0 }
    return (
      <WorkProgress
        done={done}
        total={total}
        label={t('offers.learning')}
        said={
          total === 0
            ? t('proof.waiting')
            : t('proof.running', { done: formatNumber(done, language), total: formatNumber(total, language) })
        }
        stop={may ? { label: t('action.cancel'), busy: cancel.isPending, onStop: () => cancel.mutate() } : undefined}
      />
    )
  }
  return (
    <div className={classes.tools} style={{ alignItems: 'end' }}>
      <GoodsFields goods={goods} onGoods={setGoods} />
      <NumberInput
        label={t('offers.tried_over')}
        min={7}
        max={730}
        allowDecimal={false}
        value={horizon}
        onChange={(days) => setHorizon(Number(days) || 90)}
      />
      <Button
        onClick={() => begin.mutate()}
        loading={begin.isPending}
        disabled={!may}
        title={may ? undefined : t('proof.may_not')}
      >
        {t(shown.result ? 'offers.learn_again' : 'offers.learn')}
      </Button>
      {shown.state === 'cancelled' && <span>{t('proof.cancelled')}</span>}
      {shown.error && <span role="alert">{shown.error}</span>}
    </div>
  )
}

const Found = ({ result }: { result: Together }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { trial } = result
  const rates = [
    { key: 'ours', name: t('offers.three_of_ours'), rate: trial.ours },
    { key: 'popular', name: t('offers.three_best_sellers'), rate: trial.popular },
  ]
  const rows = rates.flatMap(({ key, name, rate }) =>
    rate
      ? [
          {
            key,
            name,
            share: rate.share,
            low: rate.low,
            high: rate.high,
            figure: formatPercent(rate.share, language),
            from: `${formatNumber(rate.hits, language)} / ${formatNumber(rate.of, language)}`,
            dim: key === 'popular',
          },
        ]
      : [],
  )
  return (
    <>
      <Panel title={t('offers.how_good')} aside={<AsOf at={result.as_of} />}>
        <p style={{ margin: '0 0 8px' }}>{trial.sentence}</p>
        {0 < rows.length && (
          <BarTable
            caption={t('offers.trial_caption')}
            head={{
              name: t('offers.way'),
              bar: t('offers.right'),
              figure: t('offers.right'),
              from: t('offers.of_those'),
            }}
            rows={rows}
          />
        )}
      </Panel>
      <p className={classes.dim}>
        {t('offers.pairs_tried', { tried: result.tried, told: result.pairs.length, customers: result.customers })}
        {result.items < result.items_seen &&
          ` ${t('offers.items_left_out', { n: result.items, of: result.items_seen })}`}
      </p>
      {result.pairs.length === 0 ? <Empty sentence={t('offers.no_pairs')} /> : <Pairs pairs={result.pairs} />}
    </>
  )
}

type PairRow = Together['pairs'][number]

const Pairs = ({ pairs }: { pairs: PairRow[] }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const times = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
  const columns: GridColumn<PairRow>[] = [
    {
      key: 'from',
      title: t('offers.pair_from'),
      width: 'minmax(160px, 1.4fr)',
      cell: (pair) => (
        <span title={pair.from}>
          {pair.from} <small className={classes.dim}>{t(`offers.pair_by.${pair.by}`)}</small>
        </span>
      ),
    },
    { key: 'to', title: t('offers.pair_to'), width: 'minmax(160px, 1.4fr)', cell: (pair) => pair.to },
    {
      key: 'share',
      title: t('offers.pair_share'),
      width: '110px',
      align: 'end',
      cell: (pair) => formatPercent(pair.share, language),
    },
    {
      key: 'of',
      title: t('offers.of_those'),
      width: '110px',
      align: 'end',
      cell: (pair) => `${formatNumber(pair.both, language)} / ${formatNumber(pair.of, language)}`,
    },
    {
      key: 'lift',
      title: t('offers.pair_lift'),
      width: '110px',
      align: 'end',
      cell: (pair) => (pair.lift === null ? '–' : times.format(pair.lift)),
    },
    {
      key: 'low',
      title: t('offers.pair_low'),
      width: '120px',
      align: 'end',
      cell: (pair) => times.format(pair.lift_low),
    },
  ]
  return (
    <div style={{ height: Math.min(560, 60 + 40 * pairs.length), display: 'flex', flexDirection: 'column' }}>
      <VirtualGrid
        label={t('offers.together')}
        columns={columns}
        rows={pairs}
        total={pairs.length}
        rowKey={(pair) => `${pair.by} ${pair.from} ${pair.to}`}
      />
    </div>
  )
}
