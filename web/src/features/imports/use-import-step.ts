/** The steps an import can be asked to take. The answer takes the place of what was known of it. */
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import type { ImportChoice } from '@/api/types'

export type ImportStep = 'check' | 'commit' | 'cancel' | 'undo'

const take = (id: number, step: ImportStep) => {
  const params = { path: { id } }
  switch (step) {
    case 'check':
      return answer(client.POST('/api/v1/imports/{id}/check', { params }))
    case 'commit':
      return answer(client.POST('/api/v1/imports/{id}/commit', { params }))
    case 'cancel':
      return answer(client.POST('/api/v1/imports/{id}/cancel', { params }))
    case 'undo':
      return answer(client.POST('/api/v1/imports/{id}/undo', { params }))
  }
}

export const useImportStep = (id: number) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const onError = (error: Error) =>
    notifications.show({
      color: 'red',
      message: isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'),
    })
  const step = useMutation({
    mutationFn: (asked: ImportStep) => take(id, asked),
    onSuccess: async (told, asked) => {
      queries.setQueryData(['import', id], told)
      // Facts came or went: everything derived from them may have changed.
      if (asked === 'undo') await queries.invalidateQueries()
      else await queries.invalidateQueries({ queryKey: ['imports'] })
    },
    onError,
  })
  const choose = useMutation({
    mutationFn: (choice: ImportChoice) =>
      answer(client.PATCH('/api/v1/imports/{id}', { params: { path: { id } }, body: choice })),
    onSuccess: (told) => queries.setQueryData(['import', id], told),
    onError,
  })
  return { step, choose }
}
