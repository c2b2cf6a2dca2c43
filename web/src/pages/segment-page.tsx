/** One segment: what it says, who is in, and why. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { segmentQuery, segmentsQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { WhyBox, WhyDrawer } from '@/features/conditions'
import { SegmentActions, SegmentFacts, SegmentMembers } from '@/features/segments'
import { AsOf, Num, RefusedState } from '@/features/session'
import { Page, Panel } from '@/ui/page'
import { SearchField } from '@/ui/search-field'
import { Banner, Waiting } from '@/ui/states'
import classes from './segment-page.module.css'

const route = getRouteApi('/app/segments/$id')

export const SegmentPage = () => {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const { q = '', why } = route.useSearch()
  const navigate = useNavigate()
  const { data: segment, error, refetch } = useQuery(segmentQuery(id))
  const known = useQuery({ ...segmentsQuery, enabled: false }).data?.segments.find((row) => row.id === id)
  const ask = useCallback(
    (key: string | undefined) =>
      void navigate({
        to: paths.segment,
        params: { id },
        search: (before) => ({ ...before, why: key }),
        replace: why !== undefined,
      }),
    [navigate, id, why],
  )
  const shown = segment ?? known

  if (error && !segment) {
    return (
      <Page title={known?.name ?? t('nav.segments')}>
        <RefusedState error={error} what={t('segments.one_failed')} onRetry={() => void refetch()} />
      </Page>
    )
  }
  return (
    <Page
      fill
      title={shown?.name ?? t('state.loading')}
      aside={
        shown && (
          <>
            <span className={classes.count} data-count={id}>
              {t('figure.customers', { count: shown.count })}
            </span>
            <span>
              +<Num n={shown.entered_7d} /> −<Num n={shown.left_7d} /> {t('segments.in_a_week')}
            </span>
            {segment && <AsOf at={segment.as_of} />}
          </>
        )
      }
      actions={segment && <SegmentActions segment={segment} />}
      lead={
        shown && (
          <p className={classes.sentence} data-sentence>
            {shown.sentence}
          </p>
        )
      }
    >
      {segment?.retired && <Banner>{t('segments.is_retired')}</Banner>}
      <div className={classes.two}>
        <div className={classes.members}>
          <div className={classes.bar}>
            <h2>{t('segments.members')}</h2>
            <WhyBox onAsk={ask} />
            <SearchField
              width={200}
              value={q}
              label={t('segments.search_members')}
              clearLabel={t('action.clear')}
              onSearch={(text) =>
                void navigate({
                  to: paths.segment,
                  params: { id },
                  search: (before) => ({ ...before, q: text || undefined }),
                  replace: true,
                })
              }
            />
          </div>
          <SegmentMembers id={id} q={q} asked={why} onWhy={ask} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <div className={classes.side} tabIndex={0}>
          {segment ? (
            <SegmentFacts segment={segment} />
          ) : (
            <Panel>
              <Waiting rows={5} label={t('state.loading')} />
            </Panel>
          )}
        </div>
      </div>
      <WhyDrawer asked={{ segment: id }} customer={why} onClose={() => ask(undefined)} />
    </Page>
  )
}
