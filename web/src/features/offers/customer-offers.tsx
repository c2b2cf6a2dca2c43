/** On a customer's page: what to propose, how well it fits, and what is known of the needs. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { customerNextQuery, customerOffersQuery } from '@/api/query'
import type { OfferFit } from '@/api/types'
import { paths } from '@/domain/paths'
import { LevelFigure } from '@/features/offer-marks'
import { useMay } from '@/features/session'
import { Panel } from '@/ui/page'
import { NeedList } from './need-list'
import { NextList } from './next-list'
import classes from './offers.module.css'

/** So many offers are listed; the rest is on the page of offers. */
const SHOWN = 4

export const OffersPanel = ({ customer }: { customer: string }) => {
  const { t } = useTranslation()
  const mayRecord = useMay('record_outcome')
  const { data } = useQuery(customerOffersQuery(customer))
  const next = useQuery(customerNextQuery(customer))
  // A firm without offers, of which nothing is learnt, has nothing to show here.
  const nothing = data && data.offers.length + data.needs.length + data.owned.length === 0
  if (!data || (nothing && !next.data?.rows.length)) return null
  return (
    <Panel title={t('offers.of_customer')}>
      <ul className={classes.fits}>
        {data.offers.slice(0, SHOWN).map((fit) => (
          <Fit key={fit.offer.id} customer={customer} fit={fit} />
        ))}
      </ul>
      {data.offers.length === 0 && !nothing && <p className={classes.dim}>{t('offers.none_open')}</p>}
      {0 < data.owned.length && (
        <p className={classes.dim}>
          {t('offers.owned')}: {data.owned.map(({ name }) => name).join('・')}
        </p>
      )}
      <NextList customer={customer} />
      {0 < data.needs.length && (
        <div className={classes.block}>
          <h3>{t('offers.needs')}</h3>
          <NeedList customer={customer} needs={data.needs} mayRecord={mayRecord} />
        </div>
      )}
    </Panel>
  )
}

const Fit = ({ customer, fit }: { customer: string; fit: OfferFit }) => {
  const { t } = useTranslation()
  return (
    <li>
      <LevelFigure level={fit.level} atMost={fit.at_most} />
      <Link to={paths.offers} search={{ offer: fit.offer.id, c: customer }} className={classes.name}>
        {fit.offer.name}
      </Link>
      {0 < fit.met.length && <span className={classes.dim}>✓ {fit.met.slice(0, 3).join('・')}</span>}
      {fit.ask_first && (
        <span className={classes.dim}>
          {t('offers.ask_first')}: {fit.ask_first.fact} {t('offers.settles', { n: fit.ask_first.points })}
        </span>
      )}
      {fit.better && (
        <span className={classes.dim}>
          {t('offers.better')}: {fit.better.name} ({fit.better.level})
        </span>
      )}
    </li>
  )
}
