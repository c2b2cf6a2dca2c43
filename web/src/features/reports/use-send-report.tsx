/** Sends a report; for a while it can be taken back, and then everything typed is in the form again. */
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { newId } from '@/domain/id'
import { useReasonOf, useRefused } from '@/features/session'
import { useTellUndo } from '@/ui/undo-notice'
import type { Draft } from './drafts'

type Ends = { onSent: () => void; onUndone: (draft: Draft) => void }

export const useSendReport = ({ onSent, onUndone }: Ends) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [sending, setSending] = useState(false)
  const tellUndo = useTellUndo()
  const reasonOf = useReasonOf()
  const notUndone = useRefused(t('reports.undo_failed'))
  // The same report sent again after a broken line counts once.
  const id = useRef(newId())
  const refresh = () =>
    queries.invalidateQueries({ predicate: ({ queryKey: [what] }) => ASKED_AGAIN.has(String(what)) })

  const undo = async (draft: Draft, batch: number) => {
    try {
      await answer(client.POST('/api/v1/batches/{batch}/undo', { params: { path: { batch } } }))
      onUndone(draft)
      await refresh()
    } catch (error) {
      notUndone(error)
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
      const said = t('reports.sent', { name: customer.name, count: mentions })
      tellUndo(toast, said, () => void undo(draft, batch))
      onSent()
      await refresh()
    } catch (error) {
      notifications.show({ color: 'red', title: t('reports.not_sent'), message: reasonOf(error), autoClose: false })
    } finally {
      setSending(false)
    }
  }
  return { send, sending }
}

const ASKED_AGAIN = new Set(['reports', 'mentions', 'dictionary', 'today', 'customer', 'timeline'])
