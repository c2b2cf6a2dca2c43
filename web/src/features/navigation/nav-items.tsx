/** Where one can go, and who can. */
import {
  IconBasket,
  IconCalendarCheck,
  IconCrown,
  IconDatabase,
  IconFilter,
  IconMap2,
  IconNotes,
  IconSettings,
  IconSparkles,
  IconTableColumn,
  IconTableImport,
  IconTargetArrow,
  IconTelescope,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Permission } from '@/api/types'
import { paths } from '@/domain/paths'
import { useMe } from '@/features/session'

export type NavItem = {
  id:
    | 'today'
    | 'customers'
    | 'segments'
    | 'golden'
    | 'tables'
    | 'map'
    | 'models'
    | 'signs'
    | 'offers'
    | 'due'
    | 'reports'
    | 'data'
    | 'imports'
    | 'settings'
  to:
    | '/'
    | '/customers'
    | '/segments'
    | '/golden'
    | '/tables'
    | '/map'
    | '/models'
    | '/signs'
    | '/offers'
    | '/due'
    | '/reports'
    | '/data'
    | '/imports'
    | '/settings'
  key: string
  icon: TablerIcon
  needs: Permission | null
}

const ITEMS: readonly NavItem[] = [
  { id: 'today', to: paths.today, key: 't', icon: IconCalendarCheck, needs: 'see_customers' },
  { id: 'customers', to: paths.customers, key: 'c', icon: IconUsers, needs: 'see_customers' },
  { id: 'segments', to: paths.segments, key: 's', icon: IconFilter, needs: 'see_segments' },
  { id: 'golden', to: paths.golden, key: 'g', icon: IconCrown, needs: 'see_segments' },
  { id: 'tables', to: paths.tables, key: 'r', icon: IconTableColumn, needs: 'see_segments' },
  { id: 'map', to: paths.map, key: 'm', icon: IconMap2, needs: 'see_segments' },
  { id: 'models', to: paths.models, key: 'p', icon: IconTelescope, needs: 'see_segments' },
  { id: 'signs', to: paths.signs, key: 'i', icon: IconSparkles, needs: 'see_signs' },
  { id: 'offers', to: paths.offers, key: 'o', icon: IconTargetArrow, needs: 'see_segments' },
  { id: 'due', to: paths.due, key: 'b', icon: IconBasket, needs: 'see_segments' },
  { id: 'reports', to: paths.reports, key: 'n', icon: IconNotes, needs: 'see_customers' },
  { id: 'data', to: paths.data, key: 'q', icon: IconDatabase, needs: 'see_segments' },
  { id: 'imports', to: paths.imports, key: 'd', icon: IconTableImport, needs: 'import' },
  { id: 'settings', to: paths.settings, key: 'x', icon: IconSettings, needs: null },
]

export const useNavItems = (): (NavItem & { label: string })[] => {
  const { t } = useTranslation()
  const may = useMe()?.may ?? []
  return ITEMS.filter((item) => item.needs === null || may.includes(item.needs)).map((item) => ({
    ...item,
    label: t(`nav.${item.id}`),
  }))
}
