/** Why a page has no answer: what failed, what is still true, how to go on. */
import { useTranslation } from 'react-i18next'
import { isRefused } from '@/api/client'
import { Failed, Forbidden } from '@/ui/states'

type RefusedStateProps = { error: unknown; what: string; stillTrue?: string; onRetry: () => void }

export const RefusedState = ({ error, what, stillTrue, onRetry }: RefusedStateProps) => {
  const { t } = useTranslation()
  if (isRefused(error, 403)) return <Forbidden sentence={t('state.forbidden')} who={t('state.who_can_grant')} />
  const refused = isRefused(error) ? error : null
  const why = refused?.status === 0 ? t('state.unreachable') : (refused?.message ?? String(error))
  return (
    <Failed
      what={what}
      why={why}
      stillTrue={stillTrue}
      retry={{ label: t('action.retry'), onClick: onRetry }}
      request={
        refused?.requestId
          ? {
              id: refused.requestId,
              label: t('state.copy_request', { id: refused.requestId }),
              copied: t('action.copied'),
            }
          : null
      }
    />
  )
}
