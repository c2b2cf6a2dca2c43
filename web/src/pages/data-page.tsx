/** データ: what there is of it and how good it is, and the same customer once. */
import { SegmentedControl } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '@/domain/paths'
import { InventoryView } from '@/features/inventory'
import { PairsQueue, type PairsSearch } from '@/features/pairs'
import { useMay } from '@/features/session'
import { Page } from '@/ui/page'

export type DataSearch = PairsSearch & { tab?: 'pairs' | undefined }

const route = getRouteApi('/app/data')

export const DataPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = route.useSearch()
  const seesPairs = useMay('import')
  const tab = search.tab === 'pairs' && seesPairs ? 'pairs' : 'inventory'
  return (
    <Page
      fill={tab === 'pairs'}
      title={t('nav.data')}
      lead={<p style={{ margin: 0 }}>{t(tab === 'pairs' ? 'pairs.lead' : 'inventory.lead')}</p>}
      aside={
        seesPairs && (
          <SegmentedControl
            aria-label={t('inventory.view')}
            value={tab}
            data={[
              { value: 'inventory', label: t('inventory.title') },
              { value: 'pairs', label: t('pairs.title') },
            ]}
            onChange={(next) =>
              void navigate({ to: paths.data, search: { tab: next === 'pairs' ? 'pairs' : undefined } })
            }
          />
        )
      }
    >
      {tab === 'pairs' ? (
        <PairsQueue
          search={search}
          onSearch={(part) => void navigate({ to: paths.data, search: { ...search, ...part }, replace: true })}
        />
      ) : (
        <InventoryView />
      )}
    </Page>
  )
}
