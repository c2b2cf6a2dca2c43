/** Pages for an address that leads nowhere and for what went wrong. */
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '@/domain/paths'
import { RefusedState } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { Empty } from '@/ui/states'

export const NotFoundPage = () => {
  const { t } = useTranslation()
  return (
    <Page title={t('app.not_found')}>
      <Empty
        sentence={t('app.not_found_explained')}
        action={<ButtonLink to={paths.today}>{t('app.to_today')}</ButtonLink>}
      />
    </Page>
  )
}

export const ErrorPage = ({ error }: { error: unknown }) => {
  const { t } = useTranslation()
  const router = useRouter()
  return (
    <Page title={t('app.broken')}>
      <RefusedState error={error} what={t('app.broken_explained')} onRetry={() => void router.invalidate()} />
    </Page>
  )
}
