/** Writes down what came of a contact: the row leaves at once, and comes back when the server refuses or it is undone. */
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import type { Outcome, Today, TodayRow } from '@/api/types'
import { newId } from '@/domain/id'
import { useReasonOf, useRefused } from '@/features/session'
import { NoticeLine, useTellUndo } from '@/ui/undo-notice'

export type Said = { note?: string; until?: string }

/** One customer can be listed again for another sign: that is another row. */
const rowId = (row: TodayRow) => `${row.customer.key}\n${row.sign.id}`

/** Rows on their way out stay hidden until the server's own list no longer has them. */
export const useOutcomes = (rep: string | undefined, rows: TodayRow[]) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set())
  const tellUndo = useTellUndo()
  const reasonOf = useReasonOf()
  const notUndone = useRefused(t('today.undo_failed'))

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

  const undo = async (row: TodayRow, batch: number) => {
    try {
      await answer(client.POST('/api/v1/batches/{batch}/undo', { params: { path: { batch } } }))
      await queries.invalidateQueries({ queryKey: ['today'] })
      setLeft(row, false)
    } catch (error) {
      notUndone(error)
    }
  }

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
      const told = t('today.recorded', { name, outcome: t(`outcome.${outcome}`) })
      tellUndo(id, told, () => void undo(row, batch))
      await queries.invalidateQueries({ queryKey: ['today'] })
    } catch (error) {
      setLeft(row, false)
      countDone(-1)
      notifications.show({
        color: 'red',
        title: t('today.not_recorded', { name }),
        message: (
          <NoticeLine label={t('action.retry')} onPress={() => void record(row, outcome, said)}>
            {reasonOf(error)}
          </NoticeLine>
        ),
        autoClose: false,
        closeButtonProps: { 'aria-label': t('action.close') },
      })
    }
  }

  return {
    record,
    shown: rows.filter((row) => !leaving.has(rowId(row))),
  }
}
