/** 予測モデル: what is learnt from the workspace's own facts, how good it is, and who is like whom. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { modelsQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { ModelCard, ModelList, NewModel, ProspectList } from '@/features/models'
import { RefusedState, useMay } from '@/features/session'
import { Page } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'

const route = getRouteApi('/app/models')

export const ModelsPage = () => {
  const { t } = useTranslation()
  const { model: asked } = route.useSearch()
  const navigate = useNavigate()
  const mayEdit = useMay('edit_segments')
  const { data, error, refetch } = useQuery(modelsQuery)
  const models = data?.models
  const chosen = models?.find(({ id }) => id === asked) ?? models?.find(({ card }) => card !== null)
  return (
    <Page title={t('nav.models')} lead={<p style={{ margin: 0 }}>{t('models.lead')}</p>}>
      {models ? (
        <>
          {models.length === 0 && <Empty sentence={t('models.empty')} />}
          <ModelList models={models} chosen={chosen?.id} mayEdit={mayEdit} />
          {chosen?.card && <ModelCard model={chosen} card={chosen.card} />}
          {chosen?.card && chosen.learn.kind === 'lookalike' && <ProspectList id={chosen.id} />}
          {mayEdit && (
            <NewModel
              taken={models.map(({ id }) => id)}
              onMade={(id) => void navigate({ to: paths.models, search: { model: id } })}
            />
          )}
        </>
      ) : error ? (
        <RefusedState error={error} what={t('models.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={4} height={120} label={t('state.loading')} />
      )}
    </Page>
  )
}
