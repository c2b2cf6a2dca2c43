/** One click says that a found place is right or wrong; the list shows it at once and asks the server. */
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import type { HitShown, Report } from '@/api/types'
import { useMay } from '@/features/session'

export const useVerdict = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const may = useMay('record_outcome')
  const judge = async (report: Report, hit: HitShown, right: boolean | null) => {
    const { rule, field, begin } = hit
    try {
      await answer(
        client.PUT('/api/v1/reports/{customer}/{report}/verdict', {
          params: { path: { customer: report.customer.key, report: report.report } },
          body: { rule, field, begin, right },
        }),
      )
    } catch (error) {
      const message = isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable')
      notifications.show({ color: 'red', title: t('reports.verdict_failed'), message })
    }
    await queries.invalidateQueries({ queryKey: ['reports'] })
    await queries.invalidateQueries({ queryKey: ['dictionary'] })
  }
  return may ? judge : null
}
