/** What came of proposals against what was foretold: by level and by criterion, and where the matching was wrong. */
import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { reviewQuery, rulesQuery } from '@/api/query'
import type { Offer, OfferReview } from '@/api/types'
import { formatPercent } from '@/domain/format'
import { AsOf, RefusedState, useLanguage, useMay, useRefused } from '@/features/session'
import { BarTable } from '@/ui/bar-table'
import { Panel } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'
import classes from './offers.module.css'

export const ReviewView = ({ offer }: { offer: Offer }) => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(reviewQuery(offer.id))
  return (
    <>
      <Rules />
      {!data && error && <RefusedState error={error} what={t('offers.failed')} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting rows={4} label={t('state.loading')} />}
      {data && data.proposed === 0 && <Empty sentence={t('offers.review_empty')} />}
      {data && 0 < data.proposed && <Told review={data} />}
    </>
  )
}

/** Whether a proposal must say how it is arranged. */
const Rules = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const may = useMay('edit_segments')
  const refused = useRefused(t('offers.not_done'))
  const { data } = useQuery(rulesQuery)
  const put = useMutation({
    mutationFn: (sheet_required: boolean) => answer(client.PUT('/api/v1/proposal-rules', { body: { sheet_required } })),
    onSuccess: (told) => queries.setQueryData(rulesQuery.queryKey, told),
    onError: refused,
  })
  return (
    <Switch
      label={t('offers.sheet_required')}
      checked={data?.sheet_required ?? false}
      disabled={!may || !data}
      title={may ? undefined : t('proof.may_not')}
      onChange={(event) => put.mutate(event.currentTarget.checked)}
    />
  )
}

const Told = ({ review }: { review: OfferReview }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const percent = (share: number | null) => (share === null ? '–' : formatPercent(share, language))
  return (
    <div className={classes.two}>
      <Panel title={t('offers.won_by_level')} aside={<AsOf at={review.as_of} />}>
        <BarTable
          caption={t('offers.review_caption', { answered: review.all.of, proposed: review.proposed })}
          head={{ name: t('offers.level'), bar: t('offers.won'), figure: t('offers.won'), from: t('offers.of_those') }}
          rows={review.bands
            .map((band, at) => ({
              key: String(at),
              name: at === 4 ? '80–100' : `${at * 20}–${at * 20 + 19}`,
              share: band.share ?? 0,
              ...(band.low !== null && band.high !== null ? { low: band.low, high: band.high } : {}),
              figure: percent(band.share),
              from: `${band.won} / ${band.of}`,
            }))
            .reverse()}
        />
      </Panel>
      <Panel title={t('offers.won_by_criterion')}>
        <table className={classes.spread}>
          <thead>
            <tr>
              <th scope="col">{t('offers.criteria')}</th>
              <th scope="col">{t('offers.met.met')}</th>
              <th scope="col">{t('offers.met.unmet')}</th>
              <th scope="col">{t('offers.met.unknown')}</th>
              <th scope="col">{t('offers.told')}</th>
            </tr>
          </thead>
          <tbody>
            {review.criteria.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                {[one.met, one.unmet, one.unknown].map((side, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: three sides in their order
                  <td key={at}>
                    {percent(side.share)} <small className={classes.dim}>{`${side.won}/${side.of}`}</small>
                  </td>
                ))}
                <td>{t(`offers.told_by.${one.told}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </div>
  )
}
