/** Records what is known of a customer's need, and takes it back. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import type { NeedHeld, NeedKind } from '@/api/types'
import { newId } from '@/domain/id'
import { useRefused } from '@/features/session'
import { useTellUndo } from '@/ui/undo-notice'

const TOUCHED = [['customer-offers'], ['match'], ['offer-customers'], ['customer'], ['timeline'], ['today']]

export const useNoteNeed = (customer: string) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tellUndo = useTellUndo()
  const refused = useRefused(t('offers.not_recorded'))
  const refresh = () => Promise.all(TOUCHED.map((queryKey) => queries.invalidateQueries({ queryKey })))
  const undo = async (batch: number) => {
    try {
      await answer(client.POST('/api/v1/batches/{batch}/undo', { params: { path: { batch } } }))
      await refresh()
    } catch (error) {
      refused(error)
    }
  }
  const note = async (need: NeedHeld, kind: NeedKind) => {
    const id = newId()
    try {
      const { batch } = await answer(
        client.POST('/api/v1/customers/{key}/needs', {
          params: { path: { key: customer } },
          body: { need: need.id, kind, id },
        }),
      )
      const said = t('offers.recorded', { need: need.name, kind: t(`offers.kind.${kind}`) })
      tellUndo(id, said, () => void undo(batch))
      await refresh()
    } catch (error) {
      refused(error)
    }
  }
  return note
}
