/** What foretells an outcome here: the search for it, and what was found. */
import { IconArrowLeft } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '@/domain/paths'
import { PatternSearch } from '@/features/signs'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'

const route = getRouteApi('/app/signs/found')

export const PatternsPage = () => {
  const { t } = useTranslation()
  const { of = 'churn' } = route.useSearch()
  const navigate = useNavigate()
  return (
    <Page
      title={t('patterns.title')}
      lead={<p style={{ margin: 0 }}>{t('patterns.lead_text')}</p>}
      actions={
        <ButtonLink to={paths.signs} variant="default" leftSection={<IconArrowLeft size={15} stroke={1.7} />}>
          {t('sign.all')}
        </ButtonLink>
      }
    >
      <PatternSearch
        kind={of}
        onKind={(kind) => void navigate({ to: paths.patterns, search: { of: kind }, replace: true })}
      />
    </Page>
  )
}
