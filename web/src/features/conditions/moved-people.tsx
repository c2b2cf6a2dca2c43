/** How many come or go by a change of the definition, and some of them by name. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Moved } from '@/api/types'
import { paths } from '@/domain/paths'
import { Num } from '@/features/session'
import classes from './moved-people.module.css'

export const MovedPeople = ({ moved, direction }: { moved: Moved; direction: 'enters' | 'leaves' }) => {
  const { t } = useTranslation()
  const rest = moved.count - moved.sample.length
  return (
    <details className={classes.moved} data-direction={direction}>
      <summary>
        <span className={classes.word}>{t(direction === 'enters' ? 'builder.enter' : 'builder.leave')}</span>
        <b>
          {direction === 'enters' ? '+' : '−'}
          <Num n={moved.count} />
        </b>
      </summary>
      {0 < moved.count && (
        <ul>
          {moved.sample.map((customer) => (
            <li key={customer.key}>
              <Link to={paths.customer} params={{ key: customer.key }}>
                {customer.name}
              </Link>
            </li>
          ))}
          {0 < rest && <li className={classes.rest}>{t('why.more_evidence', { count: rest })}</li>}
        </ul>
      )}
    </details>
  )
}
