/** 日報を書く. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { customerQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { ReportForm } from '@/features/reports'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { Waiting } from '@/ui/states'

const route = getRouteApi('/app/reports/new')

export const NewReportPage = () => {
  const { t } = useTranslation()
  const { customer: key } = route.useSearch()
  const asked = useQuery({ ...customerQuery(key ?? ''), enabled: key !== undefined })
  const customer = asked.data ? { key: asked.data.key, name: asked.data.name } : null
  return (
    <Page
      title={t('reports.write')}
      actions={
        <ButtonLink to={paths.reports} variant="default">
          {t('reports.all')}
        </ButtonLink>
      }
    >
      {key !== undefined && asked.isPending ? (
        <Waiting rows={4} label={t('state.loading')} />
      ) : (
        <ReportForm key={key ?? ''} customer={customer} />
      )}
    </Page>
  )
}
