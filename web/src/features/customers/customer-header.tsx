/** Who this is, at one glance. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Customer } from '@/api/types'
import { formatYen } from '@/domain/format'
import { paths } from '@/domain/paths'
import { AsOf, useLanguage } from '@/features/session'
import { Tag } from '@/ui/tag'

export const CustomerHeader = ({ customer }: { customer: Customer }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return (
    <>
      <Tag>{t(`customer.kind.${customer.kind}`)}</Tag>
      <span>{customer.key}</span>
      {1 < customer.records.length && (
        <Link to={paths.data} search={{ tab: 'pairs', pairs: 'same' }} title={customer.records.join(', ')}>
          {t('pairs.one_of', { count: customer.records.length })}
        </Link>
      )}
      {customer.rep && <span>{t('customer.rep_is', { rep: customer.rep })}</span>}
      <span>{t('customer.value', { value: formatYen(customer.value, language) })}</span>
      {customer.attributes.map(({ key, value }) => {
        const [, kind, name] = /^(tag|list):(.+)$/.exec(key) ?? []
        return (
          value === 'true' &&
          name && (
            <Tag key={key} tone="brand" title={t(kind === 'tag' ? 'customer.tag' : 'customer.on_list')}>
              {name}
            </Tag>
          )
        )
      })}
      <AsOf at={customer.as_of} />
    </>
  )
}
