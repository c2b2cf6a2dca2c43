/** Begins an edit, follows it, and takes it back: the server does it in the background and says how far it is. */
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { customerEditQuery } from '@/api/query'
import type { CustomerEdit } from '@/api/types'
import { useRefused } from '@/features/session'

const LOOK_EVERY_MS = 200

export const isAtWork = ({ state }: CustomerEdit) => state === 'running' || state === 'undoing'

/** Everything that may show the customers. */
export const useSeenAnew = () => {
  const queries = useQueryClient()
  return useCallback(
    () => queries.invalidateQueries({ predicate: ({ queryKey: [what] }) => what !== 'session' }),
    [queries],
  )
}

/** Takes an edit back and says so when it is done. */
export const useUndoEdit = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const seenAnew = useSeenAnew()
  const refused = useRefused(t('edits.not_undone'))
  return useCallback(
    async (id: string) => {
      try {
        const params = { path: { id } }
        let edit = await answer(client.POST('/api/v1/customer-edits/{id}/undo', { params }))
        await queries.invalidateQueries({ queryKey: ['customer-edits'] })
        while (isAtWork(edit)) {
          await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
          edit = await answer(client.GET('/api/v1/customer-edits/{id}', { params }))
          queries.setQueryData(customerEditQuery(id).queryKey, edit)
        }
        await seenAnew()
        if (edit.error) throw new Error(edit.error)
        notifications.show({ message: t('edits.undone_toast', { said: edit.said, count: edit.changed ?? 0 }) })
      } catch (error) {
        refused(error)
      }
    },
    [queries, seenAnew, refused, t],
  )
}
