/** 取込: drop files here; below, what came before. */
import { IconTableImport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { importsQuery } from '@/api/query'
import type { Import } from '@/api/types'
import { paths } from '@/domain/paths'
import { DropZone, ImportsList, WatchFolderLine } from '@/features/imports'
import { RefusedState } from '@/features/session'
import { Page } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'

export const ImportsPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(importsQuery)
  const open = (added: Import[]) => {
    const [only, more] = added
    if (only && !more) void navigate({ to: paths.import, params: { id: String(only.id) } })
  }
  return (
    <Page title={t('nav.imports')}>
      <DropZone onAdded={open}>
        <WatchFolderLine />
        {data && data.imports.length === 0 ? (
          <Empty icon={<IconTableImport size={30} stroke={1.4} aria-hidden />} sentence={t('imports.empty')} />
        ) : data ? (
          <ImportsList imports={data.imports} />
        ) : error ? (
          <RefusedState error={error} what={t('imports.failed')} onRetry={() => void refetch()} />
        ) : (
          <Waiting label={t('state.loading')} />
        )}
      </DropZone>
    </Page>
  )
}
