/** 今日: whom to contact, in order. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { segmentsQuery, TODAY_ROWS, todayQuery } from '@/api/query'
import { formatDay, formatTime } from '@/domain/format'
import { paths } from '@/domain/paths'
import { AsOf, RefusedState, useMay, useWhen } from '@/features/session'
import { RepChooser, TodayBoard } from '@/features/today'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { Banner, Waiting } from '@/ui/states'

const route = getRouteApi('/app/')

export const TodayPage = () => {
  const { t } = useTranslation()
  const when = useWhen()
  const { rep, c } = route.useSearch()
  const navigate = useNavigate()
  const [limit, setLimit] = useState(TODAY_ROWS)
  const { data: today, error, refetch, isPlaceholderData } = useQuery(todayQuery(rep, limit))
  const choose = useCallback(
    (key: string | undefined) =>
      void navigate({ to: paths.today, search: (before) => ({ ...before, c: key }), replace: true }),
    [navigate],
  )

  return (
    <Page
      fill
      title={t('nav.today')}
      aside={
        today && (
          <>
            <span>{formatDay(today.as_of, when)}</span>
            <span>{t('today.left', { count: today.total })}</span>
            <span>{t('today.done', { count: today.done_today })}</span>
            {today.next_change_at && (
              <span>{t('today.next_change', { time: formatTime(today.next_change_at, when) })}</span>
            )}
            <AsOf at={today.as_of} />
          </>
        )
      }
      actions={
        today && (
          <RepChooser
            reps={today.reps}
            rep={rep}
            onChoose={(next) => void navigate({ to: paths.today, search: { rep: next } })}
          />
        )
      }
    >
      {today && error && (
        <Banner
          action={
            <Button size="compact-xs" variant="light" onClick={() => refetch()}>
              {t('action.retry')}
            </Button>
          }
        >
          {t('today.from_cache', { time: formatTime(today.as_of, when) })}
        </Banner>
      )}
      <ReviewsDue />
      {today ? (
        <TodayBoard
          today={today}
          rep={rep}
          chosen={c}
          stale={isPlaceholderData}
          onChoose={choose}
          onMore={() => setLimit((before) => before + TODAY_ROWS)}
          onOpen={(key) => void navigate({ to: paths.customer, params: { key } })}
        />
      ) : error ? (
        <RefusedState error={error} what={t('today.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={9} height={72} label={t('state.loading')} />
      )}
    </Page>
  )
}

/** For those who may change segments: that some wait to be looked at again. */
const ReviewsDue = () => {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_segments')
  const rows = useQuery({ ...segmentsQuery, enabled: mayEdit }).data?.segments ?? []
  const due = rows.filter((row) => row.review_overdue && !row.retired).length
  if (due === 0) return null
  return (
    <Banner
      action={
        <ButtonLink to={paths.segments} search={{ health: 'overdue' }} size="compact-xs" variant="light">
          {t('today.see_them')}
        </ButtonLink>
      }
    >
      {t('today.reviews_due', { count: due })}
    </Banner>
  )
}
