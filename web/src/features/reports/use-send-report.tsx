/** Sends a report; for a while it can be taken back, and then everything typed is in the form again. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { newId } from '@/domain/id'
import { useShortcuts } from '@/ui/shortcuts'
import type { Draft } from './drafts'
import classes from './reports-list.module.css'

const UNDO_FOR_MS = 10_000

type Ends = { onSent: () => void; onUndone: (draft: Draft) => void }

export const useSendReport = ({ onSent, onUndone }: Ends) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [sending, setSending] = useState(false)
  const undoLast = useRef<(() => void) | null>(null)
  // The same report sent again after a broken line counts once.
  const id = useRef(newId())
  const reasonOf = (error: unknown) => (isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'))
  const refresh = () =>
    queries.invalidateQueries({ predicate: ({ queryKey: [what] }) => ASKED_AGAIN.has(String(what)) })

  const undo = async (draft: Draft, batch: number, toast: string) => {
    notifications.hide(toast)
    undoLast.current = null
    try {
      await answer(client.POST('/api/v1/batches/{batch}/undo', { params: { path: { batch } } }))
      onUndone(draft)
      await refresh()
    } catch (error) {
      notifications.show({ color: 'red', title: t('reports.undo_failed'), message: reasonOf(error) })
    }
  }

  const send = async (draft: Draft) => {
    const { customer, contact, temperature, hunch } = draft
    if (!customer) return
    setSending(true)
    try {
      const { batch, mentions } = await answer(
        client.POST('/api/v1/reports', {
          body: {
            customer: customer.key,
            id: id.current,
            issue: draft.issue,
            remark: draft.remark,
            text: draft.text,
            ...(contact ? { contact } : {}),
            ...(temperature ? { temperature } : {}),
            ...(hunch ? { hunch } : {}),
          },
        }),
      )
      const toast = id.current
      id.current = newId()
      const takeBack = () => void undo(draft, batch, toast)
      undoLast.current = takeBack
      notifications.show({
        id: toast,
        autoClose: UNDO_FOR_MS,
        withBorder: true,
        message: (
          <span className={classes.toast}>
            <span>{t('reports.sent', { name: customer.name, count: mentions })}</span>
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
      onSent()
      await refresh()
    } catch (error) {
      notifications.show({ color: 'red', title: t('reports.not_sent'), message: reasonOf(error), autoClose: false })
    } finally {
      setSending(false)
    }
  }
  useShortcuts({ 'mod+z': () => undoLast.current?.() })
  return { send, sending }
}

const ASKED_AGAIN = new Set(['reports', 'mentions', 'dictionary', 'today', 'customer', 'timeline'])
