/** What an offer costs: from, to, or both. */
import { useTranslation } from 'react-i18next'
import type { Amount } from '@/api/types'
import { formatYen } from '@/domain/format'
import { useLanguage } from '@/features/session'

export const AmountFigure = ({ amount }: { amount: Amount | null }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  if (!amount || (amount.from === null && amount.to === null)) return null
  const from = amount.from === null ? '' : formatYen(amount.from, language)
  const to = amount.to === null ? '' : formatYen(amount.to, language)
  const key = from && to ? 'offers.amount_between' : from ? 'offers.amount_from' : 'offers.amount_to'
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{t(key, { from, to })}</span>
}
