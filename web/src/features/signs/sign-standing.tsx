/** How a sign stands with those who know the customers, and with its past. */
import { IconThumbUp, IconTrendingDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Sign } from '@/api/types'
import { formatPercent } from '@/domain/format'
import { useLanguage } from '@/features/session'
import { Tag } from '@/ui/tag'
import classes from './sign-catalogue.module.css'

export const SignStanding = ({ standing }: { standing: Sign['standing'] }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { rate, regard, fallen, right, wrong } = standing
  if (!rate && !fallen) return null
  return (
    <p className={classes.standing}>
      {regard === 'doubted' && <Tag tone="warn">{t('standing.doubted')}</Tag>}
      {regard === 'trusted' && <Tag tone="purchase">{t('standing.trusted')}</Tag>}
      {fallen && (
        <Tag tone="warn" icon={<IconTrendingDown size={13} aria-hidden />}>
          {t('standing.fallen')}
        </Tag>
      )}
      {rate && (
        <span title={standing.sentence}>
          <IconThumbUp size={13} stroke={1.7} aria-hidden />{' '}
          {t('standing.share', {
            right,
            wrong,
            low: formatPercent(rate.low, language),
            high: formatPercent(rate.high, language),
          })}
        </span>
      )}
      {fallen && <span>{fallen}</span>}
      {standing.counts_half && <span>{t('standing.half')}</span>}
    </p>
  )
}
