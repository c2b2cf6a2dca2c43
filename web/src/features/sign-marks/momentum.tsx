/** Which way a sign goes: its strength at the ends of three weeks and now, as a line and in words. */
import { useTranslation } from 'react-i18next'
import type { Momentum as Told } from '@/api/types'
import { Sparkline } from '@/ui/sparkline'
import classes from './momentum.module.css'

export const Momentum = ({ momentum }: { momentum: Told }) => {
  const { t } = useTranslation()
  const [a = 0, b = 0, c = 0] = momentum.before
  return (
    <span className={classes.momentum} data-way={momentum.direction}>
      <Sparkline values={[a, b, c, momentum.now]} label={t('sign.momentum.label', { a, b, c, now: momentum.now })} />
      {t(`sign.momentum.${momentum.direction}`, { n: momentum.gain })}
    </span>
  )
}
