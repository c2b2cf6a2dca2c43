/** Writing a sign, new or changed. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { RefusedState } from '@/features/session'
import { emptySign, SignForm } from '@/features/signs'
import { Page } from '@/ui/page'
import { Waiting } from '@/ui/states'

const route = getRouteApi('/app/signs/$id/edit')

const useGo = () => {
  const navigate = useNavigate()
  return (id: string | undefined) => void navigate({ to: paths.signs, search: id ? { sign: id } : {} })
}

export const NewSignPage = () => {
  const { t } = useTranslation()
  const go = useGo()
  return <SignForm title={t('sign.new')} start={emptySign} version={null} onSaved={go} onCancel={() => go(undefined)} />
}

export const EditSignPage = () => {
  const { t } = useTranslation()
  const go = useGo()
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(signQuery(id))
  if (data) {
    return (
      <SignForm
        key={data.version}
        title={t('sign.edit', { name: data.name })}
        start={data.definition}
        version={data.version}
        onSaved={go}
        onCancel={() => go(id)}
      />
    )
  }
  return (
    <Page title={t('nav.signs')}>
      {error ? (
        <RefusedState error={error} what={t('sign.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={4} label={t('state.loading')} />
      )}
    </Page>
  )
}
