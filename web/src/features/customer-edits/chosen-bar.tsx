/** How many customers are chosen, and what can be done with all of them. */
import { Button } from '@mantine/core'
import { IconDownload, IconPencil, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import type { ChosenCustomers } from '@/api/types'
import { useMay, useRefused } from '@/features/session'
import { useShortcuts } from '@/ui/shortcuts'
import classes from './edits.module.css'

const icon = { size: 15, stroke: 1.7 } as const

type ChosenBarProps = {
  who: ChosenCustomers
  count: number
  /** How many fit the filter in all. */
  total: number
  onEdit: () => void
  onAll: () => void
  onNone: () => void
}

export const ChosenBar = ({ who, count, total, onEdit, onAll, onNone }: ChosenBarProps) => {
  const { t } = useTranslation()
  const mayEdit = useMay('record_outcome')
  const download = useExport(who)
  useShortcuts(mayEdit ? { e: onEdit } : {})
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('edits.bar')}>
      <span role="status">
        <b>{t('edits.chosen', { count })}</b>
      </span>
      {count < total && (
        <Button size="compact-sm" variant="subtle" onClick={onAll}>
          {t('edits.choose_all', { count: total })}
        </Button>
      )}
      <span className={classes.does}>
        {mayEdit && (
          <Button size="compact-sm" leftSection={<IconPencil {...icon} />} onClick={onEdit}>
            {t('edits.change')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload {...icon} />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          CSV
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconX {...icon} />} onClick={onNone}>
          {t('edits.none')}
        </Button>
      </span>
    </div>
  )
}

/** Whom to write out is too long for an address: it is posted, and the answer is handed to the browser as a file. */
const useExport = (who: ChosenCustomers) => {
  const { t } = useTranslation()
  return useMutation({
    mutationFn: () => answer(client.POST('/api/v1/customer-export', { body: who, parseAs: 'blob' })),
    onSuccess: (file: unknown) => {
      const address = URL.createObjectURL(file as Blob)
      const link = document.createElement('a')
      link.href = address
      link.download = 'customers.csv'
      link.click()
      URL.revokeObjectURL(address)
    },
    onError: useRefused(t('edits.not_exported')),
  })
}
