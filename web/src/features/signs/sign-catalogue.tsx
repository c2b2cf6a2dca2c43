/** The catalogue of signs: what each rests on, part by part, and how many customers carry it now. */
import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Sign } from '@/api/types'
import { paths } from '@/domain/paths'
import { SignBadge } from './sign-badge'
import classes from './sign-catalogue.module.css'

export const SignCatalogue = ({ signs }: { signs: Sign[] }) => (
  <div className={classes.catalogue}>
    {signs.map((sign) => (
      <SignCard key={sign.id} sign={sign} />
    ))}
  </div>
)

const SignCard = ({ sign }: { sign: Sign }) => {
  const { t } = useTranslation()
  const most = Math.max(1, ...sign.parts.map((part) => Math.abs(part.weight)))
  return (
    <article className={classes.card} data-kind={sign.kind}>
      <header className={classes.head}>
        <div>
          <SignBadge kind={sign.kind} />
          <h2>{sign.name}</h2>
        </div>
        <Link to={paths.signs} search={{ sign: sign.id }} className={classes.count}>
          <span>{t('figure.customers', { count: sign.count })}</span>
          <IconArrowRight size={15} stroke={1.7} aria-hidden />
        </Link>
      </header>
      <p className={classes.explanation}>{sign.explanation}</p>
      <ul className={classes.parts} aria-label={t('sign.parts')}>
        {sign.parts.map((part) => (
          <li key={part.sentence}>
            <span data-sentence>{part.sentence}</span>
            <span className={classes.bar} aria-hidden>
              <i style={{ width: `${(100 * Math.abs(part.weight)) / most}%` }} />
            </span>
            <b>{part.weight > 0 ? `+${part.weight}` : part.weight}</b>
          </li>
        ))}
      </ul>
      <footer className={classes.foot}>
        <span>{t('sign.threshold', { n: sign.threshold })}</span>
        <span>{t('sign.horizon', { days: sign.horizon_days })}</span>
        <span className={classes.action}>{sign.next_action}</span>
      </footer>
    </article>
  )
}
