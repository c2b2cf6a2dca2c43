/** Notes whether a sign was right, and takes it back: by the button of the message or Ctrl+Z. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { newId } from '@/domain/id'

const UNDO_FOR_MS = 10_000
const TOUCHED = [['today'], ['customer'], ['timeline'], ['sign-feed'], ['signs'], ['sign']]

export type Judged = { sign: string; customer: { key: string; name: string }; since?: string }

export const useJudge = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const undoLast = useRef<(() => void) | null>(null)
  const refresh = () => Promise.all(TOUCHED.map((queryKey) => queries.invalidateQueries({ queryKey })))
  const refused = (error: unknown) =>
    notifications.show({
      color: 'red',
      title: t('judging.failed'),
      message: isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'),
    })
  const undo = async (batch: number, toast: string) => {
    notifications.hide(toast)
    undoLast.current = null
    try {
      await answer(client.POST('/api/v1/batches/{batch}/undo', { params: { path: { batch } } }))
      await refresh()
    } catch (error) {
      refused(error)
    }
  }
  const judge = async ({ sign, customer, since }: Judged, right: boolean) => {
    const id = newId()
    try {
      const { batch } = await answer(
        client.POST('/api/v1/signs/{id}/judgements', {
          params: { path: { id: sign } },
          body: { customer: customer.key, right, id, ...(since ? { since } : {}) },
        }),
      )
      const takeBack = () => void undo(batch, id)
      undoLast.current = takeBack
      notifications.show({
        id,
        autoClose: UNDO_FOR_MS,
        withBorder: true,
        message: (
          <span style={{ display: 'flex', gap: 12, alignItems: 'center', justifyContent: 'space-between' }}>
            <span>{t(right ? 'judging.was_right' : 'judging.was_wrong', { name: customer.name })}</span>
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
      await refresh()
    } catch (error) {
      refused(error)
    }
  }
  return { judge, undoLast: () => undoLast.current?.() }
}
