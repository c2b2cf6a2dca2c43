/** 顧客: everybody, narrowed by search and filters. */
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '@/domain/paths'
import { CustomersFilter, type CustomersSearch, CustomersTable } from '@/features/customers'
import { Page } from '@/ui/page'

const route = getRouteApi('/app/customers')

export const CustomersPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = useNavigate()
  const change = (part: CustomersSearch) =>
    void navigate({ to: paths.customers, search: (before) => ({ ...before, ...part }), replace: true })
  return (
    <Page fill title={t('nav.customers')} actions={<CustomersFilter search={search} onSearch={change} />}>
      <CustomersTable search={search} />
    </Page>
  )
}
