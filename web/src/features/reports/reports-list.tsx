/** What was written, newest first, by the window. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type ReportsAsked, reportsQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { AsOf, Num, RefusedState, useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Empty, Waiting } from '@/ui/states'
import { VirtualList } from '@/ui/virtual-list'
import { ReadingBar } from './reading-bar'
import { ReportCard } from './report-card'
import { ReportsFilter } from './reports-filter'
import classes from './reports-list.module.css'

type ReportsListProps = { asked: ReportsAsked; onAsk: (part: ReportsAsked) => void }

export const ReportsList = ({ asked, onAsk }: ReportsListProps) => {
  const { t } = useTranslation()
  const mayWrite = useMay('record_outcome')
  const reports = useInfiniteQuery(reportsQuery(asked))
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = reports
  const rows = useMemo(() => reports.data?.pages.flatMap((page) => page.rows) ?? [], [reports.data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const first = reports.data?.pages[0]
  const filtered = Object.values(asked).some(Boolean)
  return (
    <>
      <div className={classes.filter}>
        <ReportsFilter asked={asked} reps={first?.reps ?? []} onAsk={onAsk} />
      </div>
      <ReadingBar far={first?.reading ?? null} />
      {!first ? (
        reports.error ? (
          <RefusedState error={reports.error} what={t('reports.failed')} onRetry={() => void reports.refetch()} />
        ) : (
          <Waiting rows={6} height={110} label={t('state.loading')} />
        )
      ) : rows.length === 0 ? (
        <Empty
          sentence={t(filtered ? 'reports.none_found' : 'reports.none')}
          action={mayWrite && <ButtonLink to={paths.newReport}>{t('reports.write')}</ButtonLink>}
        />
      ) : (
        <>
          <p className={classes.total}>
            {t('reports.how_many')} <Num n={first.total} /> <AsOf at={first.as_of} />
          </p>
          <VirtualList
            label={t('nav.reports')}
            rows={rows}
            total={first.total}
            rowKey={(row) => `${row.customer.key}:${row.report}`}
            onEnd={more}
            stale={reports.isPlaceholderData}
          >
            {(row) => <ReportCard report={row} />}
          </VirtualList>
        </>
      )}
    </>
  )
}
