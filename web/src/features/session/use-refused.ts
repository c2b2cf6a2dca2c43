/** What went wrong, as a message that comes and goes: the server's sentence, or that it cannot be reached. */
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isRefused } from '@/api/client'

/** The sentence to show for an error. */
export const useReasonOf = () => {
  const { t } = useTranslation()
  return useCallback(
    (error: unknown) => (isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable')),
    [t],
  )
}

/** Says that something was not done, and why. */
export const useRefused = (title: string) => {
  const reasonOf = useReasonOf()
  return useCallback(
    (error: unknown) => notifications.show({ color: 'red', title, message: reasonOf(error) }),
    [title, reasonOf],
  )
}
