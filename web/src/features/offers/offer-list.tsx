/** The catalogue of offers: what each gives, what makes it fit, and how it can be changed. */
import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Offer } from '@/api/types'
import { paths } from '@/domain/paths'
import { Tag } from '@/ui/tag'
import { AmountFigure } from './amount'
import classes from './offers.module.css'

const SHELVES: { key: 'in_force' | 'off'; states: Offer['state'][] }[] = [
  { key: 'in_force', states: ['in_force', 'faulty'] },
  { key: 'off', states: ['off'] },
]

export const OfferList = ({ offers }: { offers: Offer[] }) => {
  const { t } = useTranslation()
  const shelves = SHELVES.map(({ key, states }) => ({
    key,
    offers: offers.filter(({ state }) => states.includes(state)),
  }))
  return shelves
    .filter((shelf) => 0 < shelf.offers.length)
    .map(({ key, offers }) => (
      <section key={key} className={classes.shelf}>
        {key === 'off' && <h2>{t('offers.state.off')}</h2>}
        <div className={classes.catalogue}>
          {offers.map((offer) => (
            <OfferCard key={offer.id} offer={offer} />
          ))}
        </div>
      </section>
    ))
}

const OfferCard = ({ offer }: { offer: Offer }) => {
  const { t } = useTranslation()
  return (
    <article className={classes.card}>
      <header className={classes.head}>
        <div>
          <h3>{offer.name}</h3>
          <span className={classes.price}>
            <AmountFigure amount={offer.amount} />
            {offer.state === 'faulty' && <Tag tone="warn">{t('offers.state.faulty')}</Tag>}
          </span>
        </div>
        <Link to={paths.offers} search={{ offer: offer.id }} className={classes.open}>
          {t('offers.open')}
          <IconArrowRight size={15} stroke={1.7} aria-hidden />
        </Link>
      </header>
      {offer.summary && <p className={classes.summary}>{offer.summary}</p>}
      <CriterionList offer={offer} />
      {0 < offer.variants.length && (
        <p className={classes.variants}>
          {t('offers.variants')}: {offer.variants.map(({ name }) => name).join('・')}
        </p>
      )}
      {offer.faults.map(({ path, message }) => (
        <p key={path + message} className={classes.fault} role="alert">
          {path} {message}
        </p>
      ))}
    </article>
  )
}

/** What makes an offer fit, with the points each is worth. */
export const CriterionList = ({ offer }: { offer: Offer }) => {
  const { t } = useTranslation()
  const most = Math.max(1, ...offer.criteria.map(({ points }) => points))
  return (
    <ul className={classes.criteria} aria-label={t('offers.criteria')}>
      {offer.criteria.map((one) => (
        <li key={one.id}>
          <span title={one.sentence}>
            {one.kind === 'need' && <small>{t('offers.need')} </small>}
            {one.name}
          </span>
          <span className={classes.track} aria-hidden>
            <i style={{ width: `${(100 * one.points) / most}%` }} />
          </span>
          <b>{one.points}</b>
        </li>
      ))}
    </ul>
  )
}
