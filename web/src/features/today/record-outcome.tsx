/** Writes down what came of a contact: the row leaves at once, and comes back when the server refuses or it is undone. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import type { Outcome, Today, TodayRow } from '@/api/types'
import { newId } from '@/domain/id'
import classes from './record-outcome.module.css'

const UNDO_FOR_MS = 10_000

export type Said = { note?: string; until?: string }

/** One customer can be listed again for another sign: that is another row. */
const rowId = (row: TodayRow) => `${row.customer.key}\n${row.sign.id}`

/** Rows on their way out stay hidden until the server's own list no longer has them. */
export const useOutcomes = (rep: string | undefined, rows: TodayRow[]) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set())
  const undoLast = useRef<(() => void) | null>(null)

  const setLeft = (row: TodayRow, left: boolean) =>
    setLeaving((before) => {
      const next = new Set(before)
      if (left) next.add(rowId(row))
      else next.delete(rowId(row))
      return next
    })
  useEffect(() => {
    const listed = new Set(rows.map(rowId))
    setLeaving((before) => {
      const next = new Set([...before].filter((id) => listed.has(id)))
      return next.size === before.size ? before : next
    })
  }, [rows])
  const countDone = (by: number) =>
    queries.setQueriesData<Today>(
      { queryKey: ['today', rep ?? ''] },
      (today) => today && { ...today, total: today.total - by, done_today: today.done_today + by },
    )

  const undo = async (row: TodayRow, batch: number, toast: string) => {
    notifications.hide(toast)
    undoLast.current = null
    try {
      await answer(client.POST('/api/v1/batches/{batch}/undo', { params: { path: { batch } } }))
      await queries.invalidateQueries({ queryKey: ['today'] })
      setLeft(row, false)
    } catch (error) {
      notifications.show({ color: 'red', title: t('today.undo_failed'), message: reasonOf(error) })
    }
  }
  const reasonOf = (error: unknown) => (isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'))

  const record = async (row: TodayRow, outcome: Outcome, said: Said) => {
    const { key, name } = row.customer
    const id = newId()
    setLeft(row, true)
    countDone(1)
    try {
      const { batch } = await answer(
        client.POST('/api/v1/today/{customer}/outcome', {
          params: { path: { customer: key } },
          body: { sign: row.sign.id, outcome, id, ...said },
        }),
      )
      const takeBack = () => void undo(row, batch, id)
      undoLast.current = takeBack
      notifications.show({
        id,
        autoClose: UNDO_FOR_MS,
        withBorder: true,
        message: (
          <span className={classes.toast}>
            <span>{t('today.recorded', { name, outcome: t(`outcome.${outcome}`) })}</span>
            <Button size="compact-xs" variant="light" onClick={takeBack}>
              {t('action.undo')}
            </Button>
          </span>
        ),
        onClose: () => {
          if (undoLast.current === takeBack) undoLast.current = null
        },
        closeButtonProps: { 'aria-label': t('action.close') },
      })
      await queries.invalidateQueries({ queryKey: ['today'] })
    } catch (error) {
      setLeft(row, false)
      countDone(-1)
      notifications.show({
        color: 'red',
        title: t('today.not_recorded', { name }),
        message: (
          <span className={classes.toast}>
            <span>{reasonOf(error)}</span>
            <Button size="compact-xs" variant="light" onClick={() => void record(row, outcome, said)}>
              {t('action.retry')}
            </Button>
          </span>
        ),
        autoClose: false,
        closeButtonProps: { 'aria-label': t('action.close') },
      })
    }
  }

  return {
    record,
    shown: rows.filter((row) => !leaving.has(rowId(row))),
    undoLast: () => undoLast.current?.(),
  }
}
