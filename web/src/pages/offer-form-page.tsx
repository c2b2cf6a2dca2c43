/** Writing an offer, new or changed. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { offerQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { emptyOffer, OfferForm } from '@/features/offers'
import { RefusedState } from '@/features/session'
import { Page } from '@/ui/page'
import { Waiting } from '@/ui/states'

const route = getRouteApi('/app/offers/$id/edit')

const useGo = () => {
  const navigate = useNavigate()
  return (id: string | undefined) => void navigate({ to: paths.offers, search: id ? { offer: id } : {} })
}

export const NewOfferPage = () => {
  const { t } = useTranslation()
  const go = useGo()
  return (
    <OfferForm title={t('offers.new')} start={emptyOffer} version={null} onSaved={go} onCancel={() => go(undefined)} />
  )
}

export const EditOfferPage = () => {
  const { t } = useTranslation()
  const go = useGo()
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(offerQuery(id))
  if (data) {
    return (
      <OfferForm
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
    <Page title={t('nav.offers')}>
      {error ? (
        <RefusedState error={error} what={t('offers.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={4} label={t('state.loading')} />
      )}
    </Page>
  )
}
