/** そろそろ補充: who is about to buy what again. */
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '@/domain/paths'
import { type DueAsked, DueFilter, DueList, LearnDue } from '@/features/due'
import { Page } from '@/ui/page'

const route = getRouteApi('/app/due')

export const DuePage = () => {
  const { t } = useTranslation()
  const asked = route.useSearch()
  const navigate = useNavigate()
  const change = (part: DueAsked) =>
    void navigate({ to: paths.due, search: (before) => ({ ...before, ...part }), replace: true })
  return (
    <Page fill title={t('due.title')} lead={<p style={{ margin: 0 }}>{t('due.lead')}</p>}>
      <LearnDue />
      <DueFilter asked={asked} onAsked={change} />
      <DueList asked={asked} />
    </Page>
  )
}
