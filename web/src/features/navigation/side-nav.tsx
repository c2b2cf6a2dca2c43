/** The way around, at the left; on a narrow window it lies at the bottom. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '@/domain/paths'
import { useSession } from '@/features/session'
import { useNavItems } from './nav-items'
import classes from './side-nav.module.css'

export const SideNav = () => {
  const { t } = useTranslation()
  const items = useNavItems()
  const session = useSession()
  return (
    <nav aria-label={t('nav.label')} className={classes.side}>
      <Link to={paths.today} className={classes.logo} title={t('app.home')}>
        <span lang="ja" className={classes.mark}>
          兆し
          <i aria-hidden />
        </span>
        <span className={classes.latin} lang="en">
          Kizashi
        </span>
      </Link>
      <div className={classes.nav}>
        {items.map(({ id, to, icon: Icon, label, key }) => (
          <Link
            key={id}
            to={to}
            className={classes.link}
            activeOptions={{ exact: to === paths.today, includeSearch: false }}
            title={`${label} (G ${key.toUpperCase()})`}
          >
            <Icon size={18} stroke={1.6} aria-hidden />
            <span>{label}</span>
          </Link>
        ))}
      </div>
      <div className={classes.foot}>
        <span>{session?.workspace.name}</span>
        {session?.demo && <span>{t('app.demo')}</span>}
      </div>
    </nav>
  )
}
