/** 日報・話題: what was written about customers, the weekly board, topics over time, and the dictionary. */
import { SegmentedControl } from '@mantine/core'
import { IconPencilPlus } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MentionsAsked, ReportsAsked } from '@/api/query'
import { paths } from '@/domain/paths'
import { ReportsList } from '@/features/reports'
import { useMay } from '@/features/session'
import { DictionaryView, MentionsView, WeekBoard } from '@/features/topics'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { useShortcuts } from '@/ui/shortcuts'

type View = 'list' | 'board' | 'mentions' | 'dictionary'
export type ReportsSearch = ReportsAsked & {
  tab?: Exclude<View, 'list'> | undefined
  by?: MentionsAsked['by'] | undefined
  unit?: MentionsAsked['unit'] | undefined
  week?: string | undefined
  row?: string | undefined
}

const route = getRouteApi('/app/reports')
const VIEWS = ['list', 'board', 'mentions', 'dictionary'] as const

export const ReportsPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = route.useSearch()
  const mayWrite = useMay('record_outcome')
  const seesDictionary = useMay('see_segments')
  const { tab: view = 'list', by, unit, week, row, ...asked } = search
  const go = (part: ReportsSearch, replace = true) =>
    void navigate({ to: paths.reports, search: { ...search, ...part }, replace })
  useShortcuts(
    mayWrite ? { n: () => void navigate({ to: paths.newReport, search: { customer: asked.customer } }) } : {},
  )
  const views = VIEWS.filter((each) => each !== 'dictionary' || seesDictionary)
  return (
    <Page
      fill={view === 'list'}
      title={t('nav.reports')}
      aside={
        <SegmentedControl
          aria-label={t('reports.view')}
          value={view}
          data={views.map((each) => ({ value: each, label: t(`reports.views.${each}`) }))}
          onChange={(next) => go({ tab: next === 'list' ? undefined : (next as Exclude<View, 'list'>) }, false)}
        />
      }
      actions={
        mayWrite && (
          <ButtonLink
            to={paths.newReport}
            search={{ customer: asked.customer }}
            leftSection={<IconPencilPlus size={15} stroke={1.7} />}
          >
            {t('reports.write')}
          </ButtonLink>
        )
      }
    >
      {view === 'list' && <ReportsList asked={asked} onAsk={go} />}
      {view === 'board' && <WeekBoard week={week} onWeek={(next) => go({ week: next })} />}
      {view === 'mentions' && (
        <MentionsView
          search={{
            ...(by ? { by } : {}),
            ...(unit ? { unit } : {}),
            ...(row ? { row } : {}),
            ...(asked.topic ? { topic: asked.topic } : {}),
            ...(asked.rep ? { rep: asked.rep } : {}),
            ...(asked.from ? { from: asked.from } : {}),
            ...(asked.to ? { to: asked.to } : {}),
          }}
          onSearch={go}
        />
      )}
      {view === 'dictionary' && <DictionaryView />}
    </Page>
  )
}
