/** One file on its way in. */
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { importQuery } from '@/api/query'
import { formatBytes } from '@/domain/format'
import { paths } from '@/domain/paths'
import { ImportSteps } from '@/features/imports'
import { Moment, RefusedState, useLanguage } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { Waiting } from '@/ui/states'

const route = getRouteApi('/app/imports/$id')

export const ImportPage = () => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { id } = route.useParams()
  const { data: told, error, refetch } = useQuery(importQuery(Number(id)))
  return (
    <Page
      title={told?.file ?? t('nav.imports')}
      aside={
        told && (
          <>
            <span>{t(`imports.kind.${told.kind}`)}</span>
            <span>{formatBytes(told.bytes, language)}</span>
            <span>{told.by}</span>
            <Moment at={told.created_at} />
          </>
        )
      }
      actions={
        <ButtonLink to={paths.imports} variant="default" leftSection={<IconArrowLeft size={15} stroke={1.7} />}>
          {t('imports.all')}
        </ButtonLink>
      }
    >
      {told ? (
        <ImportSteps told={told} />
      ) : error ? (
        <RefusedState error={error} what={t('imports.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting label={t('state.loading')} />
      )}
    </Page>
  )
}
