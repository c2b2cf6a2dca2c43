/** What came and went among signs, newest first; older ones come as the end is reached. */
import { Button } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type FeedAsked, feedQuery } from '@/api/query'
import type { FeedRow } from '@/api/types'
import { paths } from '@/domain/paths'
import { JudgeSign, useJudge } from '@/features/judging'
import { Moment, RefusedState, useMay } from '@/features/session'
import { SignBadge, SignRing, UrgentMark } from '@/features/sign-marks'
import { Empty, Waiting } from '@/ui/states'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'
import classes from './sign-feed.module.css'

export const SignFeed = ({ asked }: { asked: FeedAsked }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const feed = useInfiniteQuery(feedQuery(asked))
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = feed
  const rows = useMemo(() => feed.data?.pages.flatMap((page) => page.rows) ?? [], [feed.data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const mayJudge = useMay('record_outcome')
  const judge = useJudge()
  const judgeRow = (row: FeedRow, right: boolean) => {
    if (row.appeared) void judge({ sign: row.sign.id, customer: row.customer, since: row.at }, right)
  }
  const columns = useColumns(mayJudge ? judgeRow : null)
  if (!feed.data) {
    return feed.error ? (
      <RefusedState error={feed.error} what={t('feed.failed')} onRetry={() => void feed.refetch()} />
    ) : (
      <Waiting rows={10} label={t('state.loading')} />
    )
  }
  const older = hasNextPage && (
    <Button variant="default" loading={isFetchingNextPage} onClick={more}>
      {t('feed.older')}
    </Button>
  )
  if (rows.length === 0) {
    const sentence = asked.of || asked.sign || asked.urgent ? t('feed.none') : t('feed.empty')
    return <Empty sentence={sentence} action={older} />
  }
  return (
    <>
      <p className={classes.shown}>{t('feed.read', { count: rows.length })}</p>
      <VirtualGrid
        label={t('feed.title')}
        columns={columns}
        rows={rows}
        total={rows.length + (hasNextPage ? 1 : 0)}
        rowKey={(row) => String(row.seq)}
        rowHeight={44}
        onOpen={(row) => void navigate({ to: paths.customer, params: { key: row.customer.key } })}
        rowKeys={mayJudge ? { r: (row) => judgeRow(row, true), w: (row) => judgeRow(row, false) } : {}}
        onEnd={more}
        stale={feed.isPlaceholderData}
      />
    </>
  )
}

const useColumns = (judge: ((row: FeedRow, right: boolean) => void) | null): GridColumn<FeedRow>[] => {
  const { t } = useTranslation()
  return [
    {
      key: 'what',
      title: t('feed.what'),
      width: '96px',
      cell: (row) => {
        const Way = row.appeared ? IconArrowUpRight : IconArrowDownRight
        return (
          <span className={classes.way} data-appeared={row.appeared}>
            <Way size={15} stroke={1.8} aria-hidden />
            {row.appeared ? t('feed.appeared') : t('feed.went')}
          </span>
        )
      },
    },
    {
      key: 'sign',
      title: t('feed.sign'),
      width: 'minmax(180px, 1.6fr)',
      cell: (row) => (
        <span className={classes.sign}>
          {row.sign.urgent && <UrgentMark />}
          <SignBadge kind={row.sign.kind} name={row.sign.name} />
        </span>
      ),
    },
    {
      key: 'name',
      title: t('customer.name'),
      width: 'minmax(140px, 1.4fr)',
      cell: (row) => (
        <Link to={paths.customer} params={{ key: row.customer.key }} className={classes.name}>
          {row.customer.name}
        </Link>
      ),
    },
    { key: 'rep', title: t('customer.rep'), width: '110px', cell: (row) => row.rep ?? '–' },
    { key: 'by', title: t('feed.by'), width: '96px', cell: (row) => t(`feed.cause.${row.cause}`) },
    {
      key: 'now',
      title: t('feed.strength_now'),
      width: '84px',
      cell: (row) =>
        row.strength_now === null ? (
          <span className={classes.dim}>{t('feed.gone')}</span>
        ) : (
          <SignRing sign={{ kind: row.sign.kind, strength: row.strength_now }} size={28} />
        ),
    },
    ...(judge
      ? [
          {
            key: 'judged',
            title: t('judging.column'),
            width: '164px',
            cell: (row: FeedRow) =>
              row.appeared && <JudgeSign judgedRight={row.judged_right} onJudge={(right) => judge(row, right)} />,
          },
        ]
      : []),
    { key: 'at', title: t('feed.when'), width: '92px', align: 'end', cell: (row) => <Moment at={row.at} /> },
  ]
}
