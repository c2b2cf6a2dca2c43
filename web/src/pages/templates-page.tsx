/** テンプレート: segments to begin with. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { templatesQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { RefusedState, useMay } from '@/features/session'
import { TemplateGallery } from '@/features/templates'
import { Page } from '@/ui/page'
import { SearchField } from '@/ui/search-field'
import { Waiting } from '@/ui/states'

const route = getRouteApi('/app/templates')

export const TemplatesPage = () => {
  const { t } = useTranslation()
  const { q = '' } = route.useSearch()
  const navigate = useNavigate()
  const mayEdit = useMay('edit_segments')
  const { data, error, refetch } = useQuery(templatesQuery)
  return (
    <Page
      title={t('templates.title')}
      lead={<p style={{ margin: 0 }}>{t('templates.lead')}</p>}
      aside={data && <span>{t('segments.how_many', { count: data.templates.length })}</span>}
      actions={
        <SearchField
          value={q}
          label={t('templates.search')}
          clearLabel={t('action.clear')}
          onSearch={(text) => void navigate({ to: paths.templates, search: { q: text || undefined }, replace: true })}
        />
      }
    >
      {data ? (
        <TemplateGallery templates={data.templates} q={q} mayEdit={mayEdit} />
      ) : error ? (
        <RefusedState error={error} what={t('templates.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={4} height={150} label={t('state.loading')} />
      )}
    </Page>
  )
}
