/** What a customer is likeliest to buy next that they have never bought, with what speaks for it and how good that was. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { customerNextQuery } from '@/api/query'
import { formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { useLanguage } from '@/features/session'
import classes from './offers.module.css'

/** So many are shown; beyond them suggestions are not tried. */
const SHOWN = 3

export const NextList = ({ customer }: { customer: string }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { data } = useQuery(customerNextQuery(customer))
  if (!data || data.rows.length === 0) return null
  return (
    <div className={classes.block}>
      <h3>{t('offers.next')}</h3>
      <ul className={classes.fits}>
        {data.rows.slice(0, SHOWN).map((row) => (
          <li key={row.item}>
            <b>{formatPercent(row.share, language)}</b>
            <span className={classes.name}>
              {row.offer ? (
                <Link to={paths.offers} search={{ offer: row.offer.id, c: customer }}>
                  {row.item}
                </Link>
              ) : (
                row.item
              )}
            </span>
            <span className={classes.dim} data-sentence>
              {row.sentence}
            </span>
          </li>
        ))}
      </ul>
      {data.verdict !== 'better' && data.trial && <p className={classes.dim}>{data.trial}</p>}
    </div>
  )
}
