/** セグメント: all of them. */
import { SegmentedControl } from '@mantine/core'
import { IconFilter, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { segmentsQuery } from '@/api/query'
import type { SegmentRow } from '@/api/types'
import { paths } from '@/domain/paths'
import { SegmentsTable } from '@/features/segments'
import { AsOf, RefusedState, useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { matches } from '@/ui/search'
import { SearchField } from '@/ui/search-field'
import { Empty, Waiting } from '@/ui/states'

const route = getRouteApi('/app/segments')

const SHOWN = ['active', 'no_action', 'retired'] as const

const isShown = (row: SegmentRow, show: (typeof SHOWN)[number]) => {
  if (show === 'retired') return row.retired
  return !row.retired && (show === 'active' || !row.next_action)
}

export const SegmentsPage = () => {
  const { t } = useTranslation()
  const { q = '', show = 'active' } = route.useSearch()
  const navigate = useNavigate()
  const mayEdit = useMay('edit_segments')
  const { data, error, refetch } = useQuery(segmentsQuery)
  const rows = (data?.segments ?? []).filter(
    (row) => isShown(row, show) && matches(q, row.name, row.sentence, row.purpose, row.next_action, row.owner, row.id),
  )
  const search = (part: { q?: string | undefined; show?: typeof show | undefined }) =>
    void navigate({ to: paths.segments, search: (before) => ({ ...before, ...part }), replace: true })
  const create = mayEdit && (
    <ButtonLink to={paths.newSegment} leftSection={<IconPlus size={15} stroke={1.8} />}>
      {t('segments.new')}
    </ButtonLink>
  )

  return (
    <Page
      fill
      title={t('nav.segments')}
      aside={
        data && (
          <>
            <span>{t('segments.how_many', { count: rows.length })}</span>
            <AsOf at={data.as_of} />
          </>
        )
      }
      actions={
        <>
          <SegmentedControl
            aria-label={t('segments.show')}
            value={show}
            data={SHOWN.map((each) => ({ value: each, label: t(`segments.show_${each}`) }))}
            onChange={(next) => search({ show: next === 'active' ? undefined : (next as typeof show) })}
          />
          <SearchField
            value={q}
            label={t('segments.search')}
            clearLabel={t('action.clear')}
            onSearch={(text) => search({ q: text || undefined })}
          />
          {create}
        </>
      }
    >
      {data && data.segments.length === 0 ? (
        <Empty
          icon={<IconFilter size={30} stroke={1.4} aria-hidden />}
          sentence={t('segments.empty')}
          action={create}
        />
      ) : data && rows.length === 0 ? (
        <Empty sentence={t('segments.none_found')} />
      ) : data ? (
        <SegmentsTable rows={rows} />
      ) : error ? (
        <RefusedState error={error} what={t('segments.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={10} height={56} label={t('state.loading')} />
      )}
    </Page>
  )
}
