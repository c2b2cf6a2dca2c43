/** Notes whether a sign was right, and takes it back: by the button of the message or Ctrl+Z. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { newId } from '@/domain/id'
import { useRefused } from '@/features/session'
import { useTellUndo } from '@/ui/undo-notice'

const TOUCHED = [['today'], ['customer'], ['timeline'], ['sign-feed'], ['signs'], ['sign']]

export type Judged = { sign: string; customer: { key: string; name: string }; since?: string }

export const useJudge = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tellUndo = useTellUndo()
  const refused = useRefused(t('judging.failed'))
  const refresh = () => Promise.all(TOUCHED.map((queryKey) => queries.invalidateQueries({ queryKey })))
  const undo = async (batch: number) => {
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
      const said = t(right ? 'judging.was_right' : 'judging.was_wrong', { name: customer.name })
      tellUndo(id, said, () => void undo(batch))
      await refresh()
    } catch (error) {
      refused(error)
    }
  }
  return judge
}
