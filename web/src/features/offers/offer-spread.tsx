/** How everybody stands to an offer: how many there are at each level, and for how many each criterion is met or unknown. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { offerCustomersQuery } from '@/api/query'
import type { Offer, OfferCustomers } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import { RefusedState, useLanguage } from '@/features/session'
import { BarTable } from '@/ui/bar-table'
import { Panel } from '@/ui/page'
import { Waiting } from '@/ui/states'
import { Legend } from './offer-customers'
import classes from './offers.module.css'

export const OfferSpread = ({ offer }: { offer: Offer }) => {
  const { t } = useTranslation()
  const asked = useInfiniteQuery(offerCustomersQuery(offer.id, undefined, ''))
  const told = asked.data?.pages[0]
  if (!told) {
    return asked.error ? (
      <RefusedState error={asked.error} what={t('offers.failed')} onRetry={() => void asked.refetch()} />
    ) : (
      <Waiting rows={6} label={t('state.loading')} />
    )
  }
  return (
    <div className={classes.two}>
      <Panel title={t('offers.bands')}>
        <Bands told={told} />
      </Panel>
      <Panel title={t('offers.tendency')} aside={<Legend />}>
        <p className={classes.dim}>{t('offers.tendency_lead')}</p>
        <Tendencies told={told} />
      </Panel>
    </div>
  )
}

const Bands = ({ told }: { told: OfferCustomers }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const most = Math.max(1, ...told.bands)
  const rows = told.bands.map((count, at) => ({
    key: String(at),
    name: at === 9 ? '90–100' : `${at * 10}–${at * 10 + 9}`,
    share: count / most,
    figure: formatNumber(count, language),
  }))
  return (
    <BarTable
      caption={t('offers.bands_caption', { count: told.open })}
      head={{ name: t('offers.level'), bar: t('offers.bands'), figure: t('offers.customers') }}
      rows={rows.reverse()}
    />
  )
}

const Tendencies = ({ told }: { told: OfferCustomers }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const shareOf = ({ met, unmet }: { met: number; unmet: number }) =>
    met + unmet === 0 ? '–' : formatPercent(met / (met + unmet), language)
  return (
    <table className={classes.spread}>
      <thead>
        <tr>
          <th scope="col">{t('offers.criteria')}</th>
          <th scope="col" className={classes.wide}>
            {t('offers.open_to')}
          </th>
          <th scope="col">{t('offers.met.met')}</th>
          <th scope="col">{t('offers.met.unknown')}</th>
          <th scope="col">{t('offers.of_owners')}</th>
        </tr>
      </thead>
      <tbody>
        {told.criteria.map(({ id, name, open, owners }) => {
          const all = Math.max(1, open.met + open.unmet + open.unknown)
          return (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td className={classes.wide}>
                <span className={classes.stack} aria-hidden>
                  <i data-state="met" style={{ width: `${(100 * open.met) / all}%` }} />
                  <i data-state="unknown" style={{ width: `${(100 * open.unknown) / all}%` }} />
                </span>
              </td>
              <td>{formatNumber(open.met, language)}</td>
              <td>{formatNumber(open.unknown, language)}</td>
              <td>{shareOf(owners)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
