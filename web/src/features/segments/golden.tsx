/** The four golden classes, each with a word and an icon. */
import { IconCrown, IconRocket, IconShieldExclamation, IconUsersGroup, type TablerIcon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Golden } from '@/api/types'
import { Tag, type Tone } from '@/ui/tag'

export const GOLDEN: readonly Golden[] = ['loyal', 'high_potential', 'at_risk', 'lookalike']
const ICONS: Record<Golden, TablerIcon> = {
  loyal: IconCrown,
  high_potential: IconRocket,
  at_risk: IconShieldExclamation,
  lookalike: IconUsersGroup,
}
const TONES: Record<Golden, Tone> = {
  loyal: 'follow_up',
  high_potential: 'upsell',
  at_risk: 'churn',
  lookalike: 'replenishment',
}

export const GoldenTag = ({ golden }: { golden: Golden }) => {
  const { t } = useTranslation()
  const Icon = ICONS[golden]
  return (
    <Tag tone={TONES[golden]} icon={<Icon size={13} stroke={1.8} aria-hidden />}>
      {t(`golden.${golden}`)}
    </Tag>
  )
}
