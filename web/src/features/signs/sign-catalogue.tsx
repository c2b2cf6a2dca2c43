/** The catalogue of signs: what each rests on, part by part, and how many customers carry it now. */
import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Sign } from '@/api/types'
import { paths } from '@/domain/paths'
import { SignBadge, UrgentMark } from '@/features/sign-marks'
import classes from './sign-catalogue.module.css'
import { SignStanding } from './sign-standing'

/** Those in force first, then the drafts that wait to be tried, then what nobody can carry now. */
const SHELVES: { key: 'in_force' | 'draft' | 'off'; states: Sign['state'][] }[] = [
  { key: 'in_force', states: ['in_force'] },
  { key: 'draft', states: ['draft'] },
  { key: 'off', states: ['off', 'faulty'] },
]

export const SignCatalogue = ({ signs }: { signs: Sign[] }) => {
  const { t } = useTranslation()
  const shelves = SHELVES.map(({ key, states }) => ({
    key,
    signs: signs.filter(({ state }) => states.includes(state)),
  }))
  return shelves
    .filter((shelf) => 0 < shelf.signs.length)
    .map(({ key, signs }) => (
      <section key={key} className={classes.shelf}>
        <h2>{t(`sign.shelf.${key}`)}</h2>
        {key === 'draft' && <p>{t('sign.drafts_explained')}</p>}
        <div className={classes.catalogue}>
          {signs.map((sign) => (
            <SignCard key={sign.id} sign={sign} />
          ))}
        </div>
      </section>
    ))
}

const SignCard = ({ sign }: { sign: Sign }) => {
  const { t } = useTranslation()
  const most = Math.max(1, ...sign.parts.map((part) => Math.abs(part.weight)))
  return (
    <article className={classes.card} data-kind={sign.kind}>
      <header className={classes.head}>
        <div>
          <span className={classes.marks}>
            {sign.urgent && <UrgentMark />}
            <SignBadge kind={sign.kind} />
          </span>
          <h3>{sign.name}</h3>
        </div>
        <Link to={paths.signs} search={{ sign: sign.id }} className={classes.count}>
          <span>
            {sign.state === 'in_force' ? t('figure.customers', { count: sign.count }) : t(`sign.state.${sign.state}`)}
          </span>
          <IconArrowRight size={15} stroke={1.7} aria-hidden />
        </Link>
      </header>
      <p className={classes.explanation}>{sign.explanation}</p>
      <ul className={classes.parts} aria-label={t('sign.parts')}>
        {sign.parts.map((part) => (
          <li key={part.sentence}>
            <span data-sentence title={part.sentence}>
              {part.name || part.sentence}
              {part.cap !== null && <small> {t('sign.cap', { n: part.cap })}</small>}
              {part.half_life !== null && <small> {t('sign.half_life', { length: part.half_life })}</small>}
            </span>
            <span className={classes.bar} aria-hidden>
              <i style={{ width: `${(100 * Math.abs(part.weight)) / most}%` }} />
            </span>
            <b>{part.weight > 0 ? `+${part.weight}` : part.weight}</b>
          </li>
        ))}
      </ul>
      <SignStanding standing={sign.standing} />
      <footer className={classes.foot}>
        <span>{t('sign.threshold', { n: sign.threshold })}</span>
        <span>{t('sign.horizon', { days: sign.horizon_days })}</span>
        <span className={classes.action}>{sign.next_action}</span>
      </footer>
    </article>
  )
}
