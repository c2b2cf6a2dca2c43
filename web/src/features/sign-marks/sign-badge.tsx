/** A sign's kind as icon, word and colour, and its strength as a ring. */
import {
  IconAlertCircle,
  IconAlertTriangleFilled,
  IconArrowUpRight,
  IconPhoneCall,
  IconRefresh,
  IconShoppingBag,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SignHeld, SignKind } from '@/api/types'
import { StrengthRing } from '@/ui/strength-ring'
import { Tag } from '@/ui/tag'

const ICONS: Record<SignKind, TablerIcon> = {
  purchase: IconShoppingBag,
  upsell: IconArrowUpRight,
  churn: IconAlertCircle,
  follow_up: IconPhoneCall,
  replenishment: IconRefresh,
}

export const SignBadge = ({ kind, name }: { kind: SignKind; name?: string }) => {
  const { t } = useTranslation()
  const Icon = ICONS[kind]
  const word = t(`sign.kind.${kind}`)
  return (
    <Tag
      tone={kind}
      icon={<Icon size={13} stroke={1.8} aria-hidden />}
      title={name && name !== word ? `${word}: ${name}` : undefined}
    >
      {name ?? word}
    </Tag>
  )
}

/** What goes before every other sign. */
export const UrgentMark = () => {
  const { t } = useTranslation()
  return (
    <Tag tone="warn" icon={<IconAlertTriangleFilled size={13} aria-hidden />} title={t('sign.urgent_explained')}>
      {t('sign.urgent')}
    </Tag>
  )
}

export const SignRing = ({ sign, size }: { sign: Pick<SignHeld, 'kind' | 'strength'>; size?: number }) => {
  const { t } = useTranslation()
  return (
    <StrengthRing value={sign.strength} tone={sign.kind} size={size} label={t('sign.strength', { n: sign.strength })} />
  )
}
