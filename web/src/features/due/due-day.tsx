/** The day on which a purchase is due, and how far that is from today, in words and not by colour alone. */
import { useTranslation } from 'react-i18next'
import classes from './due.module.css'

export const DueDay = ({ due, overdue }: { due: string; overdue: number }) => {
  const { t } = useTranslation()
  const said =
    overdue === 0
      ? t('due.today')
      : overdue < 0
        ? t('due.in_days', { count: -overdue })
        : t('due.days_late', { count: overdue })
  return (
    <span className={0 < overdue ? classes.late : classes.soon}>
      {due} <small>{said}</small>
    </span>
  )
}
