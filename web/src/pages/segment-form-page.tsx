/** A new segment, a copy of one, or a change of one. */
import { IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { segmentQuery, templatesQuery } from '@/api/query'
import type { Draft, Segment } from '@/api/types'
import { paths } from '@/domain/paths'
import { SegmentForm, type Start } from '@/features/segments'
import { RefusedState, useLanguage } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'

const newRoute = getRouteApi('/app/segments/new')
const editRoute = getRouteApi('/app/segments/$id/edit')

const NOTHING: Start = {
  names: { ja: '', en: '' },
  purpose: null,
  next_action: null,
  golden: null,
  condition: { all: [] },
}

export const NewSegmentPage = () => {
  const { t } = useTranslation()
  const { from, draft, template } = newRoute.useSearch()
  const { language } = useLanguage()
  const segment = useQuery({ ...segmentQuery(from ?? ''), enabled: from !== undefined })
  const templates = useQuery({ ...templatesQuery, enabled: template !== undefined })
  const title = t('segments.new')
  if (template !== undefined) {
    const found = templates.data?.templates.find(({ id }) => id === template)
    if (templates.data && !found) {
      return (
        <Page title={title}>
          <Empty
            sentence={t('templates.no_such')}
            action={<ButtonLink to={paths.templates}>{t('templates.title')}</ButtonLink>}
          />
        </Page>
      )
    }
    if (!found) return <NotYet title={title} error={templates.error} onRetry={() => void templates.refetch()} />
    const { names, condition } = found
    const start = {
      ...NOTHING,
      id: template,
      names,
      condition,
      purpose: found.purpose[language],
      next_action: found.next_action[language],
    }
    return <FormOf key={template} title={title} editing={null} start={start} />
  }
  if (from !== undefined) {
    if (!segment.data) return <NotYet title={title} error={segment.error} onRetry={() => void segment.refetch()} />
    return <FormOf key={from} title={title} editing={null} start={copyOf(segment.data)} />
  }
  return <FormOf key={draft} title={title} editing={null} start={{ ...NOTHING, ...(conditionIn(draft) ?? {}) }} />
}

export const EditSegmentPage = () => {
  const { t } = useTranslation()
  const { id } = editRoute.useParams()
  const { data: segment, error, refetch } = useQuery(segmentQuery(id))
  const title = t('segments.edit_title', { name: segment?.name ?? '' })
  if (!segment) return <NotYet title={title} error={error} onRetry={() => void refetch()} />
  return <FormOf title={title} editing={segment} start={segment} />
}

const copyOf = ({ purpose, next_action, golden, condition }: Segment): Start => ({
  ...NOTHING,
  purpose,
  next_action,
  golden,
  condition,
})

/** A condition that came with the address; what is none is left alone. */
const conditionIn = (text: string | undefined): Pick<Start, 'condition'> | null => {
  if (text === undefined) return null
  try {
    const read: unknown = JSON.parse(text)
    const isDraft = typeof read === 'object' && read !== null && !Array.isArray(read)
    return isDraft ? { condition: read as Draft } : null
  } catch {
    return null
  }
}

const NotYet = ({ title, error, onRetry }: { title: string; error: unknown; onRetry: () => void }) => {
  const { t } = useTranslation()
  return (
    <Page title={title}>
      {error ? (
        <RefusedState error={error} what={t('segments.one_failed')} onRetry={onRetry} />
      ) : (
        <Waiting label={t('state.loading')} />
      )}
    </Page>
  )
}

const FormOf = ({ title, editing, start }: { title: string; editing: Segment | null; start: Start }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const router = useRouter()
  return (
    <SegmentForm
      title={title}
      editing={editing}
      start={start}
      beginning={
        <ButtonLink to={paths.templates} variant="subtle" leftSection={<IconTemplate size={15} stroke={1.7} />}>
          {t('templates.begin')}
        </ButtonLink>
      }
      onSaved={(saved) => void navigate({ to: paths.segment, params: { id: saved } })}
      onCancel={() => router.history.back()}
    />
  )
}
