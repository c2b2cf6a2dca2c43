/** A new segment, a copy of one, or a change of one. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { segmentQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { SegmentForm } from '@/features/segments'
import { RefusedState } from '@/features/session'
import { Page } from '@/ui/page'
import { Waiting } from '@/ui/states'

const newRoute = getRouteApi('/app/segments/new')
const editRoute = getRouteApi('/app/segments/$id/edit')

export const NewSegmentPage = () => {
  const { from } = newRoute.useSearch()
  return <FormOf id={from} isNew />
}

export const EditSegmentPage = () => {
  const { id } = editRoute.useParams()
  return <FormOf id={id} isNew={false} />
}

const FormOf = ({ id, isNew }: { id: string | undefined; isNew: boolean }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const router = useRouter()
  const { data: segment, error, refetch } = useQuery({ ...segmentQuery(id ?? ''), enabled: id !== undefined })
  const title = isNew ? t('segments.new') : t('segments.edit_title', { name: segment?.name ?? '' })
  if (id !== undefined && !segment) {
    return (
      <Page title={title}>
        {error ? (
          <RefusedState error={error} what={t('segments.one_failed')} onRetry={() => void refetch()} />
        ) : (
          <Waiting label={t('state.loading')} />
        )}
      </Page>
    )
  }
  return (
    <SegmentForm
      title={title}
      from={segment ?? null}
      isNew={isNew}
      onSaved={(saved) => void navigate({ to: paths.segment, params: { id: saved } })}
      onCancel={() => router.history.back()}
    />
  )
}
