/** Narrows the customers: by name, kind, segment, rep. All of it stands in the address. */
import { SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { segmentsQuery, todayQuery } from '@/api/query'
import type { CustomerKind } from '@/api/types'
import { useMay } from '@/features/session'
import { SearchField } from '@/ui/search-field'

export type CustomersSearch = { q?: string; kind?: CustomerKind; segment?: string; rep?: string }

const ALL = '*'

type CustomersFilterProps = { search: CustomersSearch; onSearch: (part: CustomersSearch) => void }

export const CustomersFilter = ({ search, onSearch }: CustomersFilterProps) => {
  const { t } = useTranslation()
  const seesSegments = useMay('see_segments')
  const seesAll = useMay('see_all_customers')
  const segments = useQuery({ ...segmentsQuery, enabled: seesSegments }).data?.segments ?? []
  const reps = useQuery({ ...todayQuery(undefined), enabled: seesAll }).data?.reps ?? []
  const given = (value: string | null) => (value === null || value === ALL ? undefined : value)
  return (
    <>
      <SegmentedControl
        aria-label={t('customer.kind_label')}
        value={search.kind ?? ALL}
        data={[
          { value: ALL, label: t('customer.kind.all') },
          { value: 'company', label: t('customer.kind.company') },
          { value: 'person', label: t('customer.kind.person') },
        ]}
        onChange={(kind) => onSearch({ kind: given(kind) as CustomerKind | undefined })}
      />
      {seesSegments && (
        <Select
          searchable
          aria-label={t('customer.in_segment')}
          w={200}
          value={search.segment ?? ALL}
          data={[
            { value: ALL, label: t('customer.any_segment') },
            ...segments.filter((row) => !row.retired).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(segment) => onSearch({ segment: given(segment) })}
        />
      )}
      {seesAll && reps.length > 0 && (
        <Select
          aria-label={t('customer.rep')}
          w={140}
          value={search.rep ?? ALL}
          data={[{ value: ALL, label: t('customer.any_rep') }, ...reps.map(({ rep }) => ({ value: rep, label: rep }))]}
          onChange={(rep) => onSearch({ rep: given(rep) })}
        />
      )}
      <SearchField
        value={search.q ?? ''}
        label={t('customer.search')}
        clearLabel={t('action.clear')}
        onSearch={(q) => onSearch({ q: q || undefined })}
      />
    </>
  )
}
