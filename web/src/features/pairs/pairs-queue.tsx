/** 名寄せ: pairs that may be one customer, each with what is known of both and the sum behind it; people decide. */
import { Button, Kbd, Progress, SegmentedControl, Switch } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { type PairsShow, pairsQuery } from '@/api/query'
import type { PairList, PairRow } from '@/api/types'
import { Moment, Num, RefusedState, useRefused } from '@/features/session'
import { useShortcuts } from '@/ui/shortcuts'
import { Empty, Waiting } from '@/ui/states'
import { useTellUndo } from '@/ui/undo-notice'
import { VirtualList } from '@/ui/virtual-list'
import { type Decision, PairCard } from './pair-card'
import classes from './pairs-queue.module.css'

export type PairsSearch = { pairs?: PairsShow | undefined }

const SHOWS = ['open', 'later', 'same', 'different'] as const

type PairsQueueProps = { search: PairsSearch; onSearch: (part: PairsSearch) => void }

export const PairsQueue = ({ search, onSearch }: PairsQueueProps) => {
  const { t } = useTranslation()
  const show = search.pairs ?? 'open'
  const pairs = useInfiniteQuery(pairsQuery(show))
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = pairs
  const rows = useMemo(() => pairs.data?.pages.flatMap((page) => page.rows) ?? [], [pairs.data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const decide = useDecide()
  const first = pairs.data?.pages[0]
  const top = rows[0]
  useShortcuts(
    show === 'open' && top
      ? {
          m: () => void decide(top, 'same'),
          x: () => void decide(top, 'different'),
          l: () => void decide(top, 'later'),
        }
      : {},
  )
  if (!first) {
    return pairs.error ? (
      <RefusedState error={pairs.error} what={t('pairs.failed')} onRetry={() => void pairs.refetch()} />
    ) : (
      <Waiting rows={4} height={180} label={t('state.loading')} />
    )
  }
  return (
    <>
      <Finding list={first} />
      <AtOnce list={first} />
      <div className={classes.head}>
        <SegmentedControl
          aria-label={t('pairs.show')}
          value={show}
          data={SHOWS.map((each) => ({
            value: each,
            label: (
              <>
                {t(`pairs.shows.${each}`)} <Num n={first.counts[each]} />
              </>
            ),
          }))}
          onChange={(next) => onSearch({ pairs: next === 'open' ? undefined : (next as PairsShow) })}
        />
        {show === 'open' && top && (
          <span className={classes.keys}>
            <Kbd size="xs">M</Kbd> {t('pairs.same')} <Kbd size="xs">X</Kbd> {t('pairs.different')}{' '}
            <Kbd size="xs">L</Kbd> {t('pairs.later')}
          </span>
        )}
      </div>
      {rows.length === 0 ? (
        <Empty sentence={t(first.found_at === null && show === 'open' ? 'pairs.never' : `pairs.none.${show}`)} />
      ) : (
        <VirtualList
          label={t('pairs.title')}
          rows={rows}
          total={first.total}
          rowKey={(row) => `${row.a.key}\n${row.b.key}`}
          guess={300}
          onEnd={more}
        >
          {(row) => <PairCard pair={row} onDecide={(decision) => void decide(row, decision)} />}
        </VirtualList>
      )}
    </>
  )
}

/** Decides, and offers to take it back. */
const useDecide = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ predicate: ({ queryKey: [what] }) => what !== 'session' })
  const put = (pair: PairRow, decision: Decision | null) =>
    answer(
      client.PUT('/api/v1/pairs/{a}/{b}', {
        params: { path: { a: pair.a.key, b: pair.b.key } },
        body: { decision },
      }),
    )
  const refused = useRefused(t('pairs.not_decided'))
  const tellUndo = useTellUndo()
  return async (pair: PairRow, decision: Decision | null) => {
    const before = pair.decided?.what ?? null
    try {
      await put(pair, decision)
      const id = `${pair.a.key}\n${pair.b.key}`
      const undo = async () => {
        await put(pair, before).catch(refused)
        await refresh()
      }
      const said = t(`pairs.decided.${decision ?? 'none'}`, { a: pair.a.name, b: pair.b.name })
      tellUndo(id, said, () => void undo())
    } catch (error) {
      refused(error)
    }
    await refresh()
  }
}

const MODES = ['off', 'ask', 'unite'] as const

/** What is done with records as they come, and how far that is. */
const AtOnce = ({ list }: { list: PairList }) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { mode, waiting, compared, found, needs_everybody } = list.at_once
  const choose = async (next: string) => {
    const wanted = MODES.find((one) => one === next)
    if (wanted) await answer(client.PUT('/api/v1/pairs/at-once', { body: { mode: wanted } })).catch(() => null)
    await queries.invalidateQueries({ queryKey: ['pairs'] })
  }
  const aside = () => {
    if (mode === 'off') return t('pairs.at_once.off_aside')
    if (needs_everybody) return t('pairs.at_once.needs_everybody')
    if (0 < waiting) return t('pairs.at_once.waiting', { count: waiting })
    return 0 < compared ? t('pairs.at_once.compared', { count: compared, found }) : t('pairs.at_once.idle')
  }
  return (
    <div className={classes.finding}>
      <span role="status">
        <b>{t('pairs.at_once.title')}</b> {aside()}
      </span>
      <SegmentedControl
        size="xs"
        aria-label={t('pairs.at_once.title')}
        value={mode}
        data={MODES.map((each) => ({ value: each, label: t(`pairs.at_once.${each}`) }))}
        onChange={(next) => void choose(next)}
      />
    </div>
  )
}

/** When pairs were last looked for, how far it is, and looking again. */
const Finding = ({ list }: { list: PairList }) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [auto, setAuto] = useState(true)
  const begin = async () => {
    await answer(client.POST('/api/v1/pairs/find', { body: { auto } })).catch(() => null)
    await queries.invalidateQueries({ queryKey: ['pairs'] })
  }
  const stop = async () => {
    await answer(client.DELETE('/api/v1/pairs/find')).catch(() => null)
    await queries.invalidateQueries({ queryKey: ['pairs'] })
  }
  if (list.finding) {
    const { phase, done, total } = list.finding
    return (
      <div className={classes.finding} role="status">
        <span>{t(`pairs.phase.${phase}`, { done, total })}</span>
        <Progress
          className={classes.line}
          animated={phase !== 'reading'}
          aria-label={t(`pairs.phase.${phase}`, { done, total })}
          value={phase === 'reading' && 0 < total ? (100 * done) / total : 100}
        />
        <Button size="compact-xs" variant="default" onClick={() => void stop()}>
          {t('action.cancel')}
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.finding}>
      <span>
        {list.found_at === null ? (
          t('pairs.never_looked')
        ) : (
          <>
            <Moment at={list.found_at} /> {t('pairs.looked', { customers: list.customers, compared: list.compared })}{' '}
            {0 < list.by_rule && t('pairs.by_rule', { count: list.by_rule })}{' '}
            {0 < list.more && t('pairs.more', { count: list.more })}
          </>
        )}
      </span>
      <Switch checked={auto} label={t('pairs.auto')} onChange={(event) => setAuto(event.currentTarget.checked)} />
      <Button onClick={() => void begin()}>{t('pairs.look')}</Button>
    </div>
  )
}
