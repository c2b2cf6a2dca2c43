/** 顧客: everybody, narrowed by search and filters; some or all of them are chosen and changed at once. */
import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '@/domain/paths'
import { NOBODY, type Selection } from '@/domain/selection'
import { EditDialog, EditsDrawer } from '@/features/customer-edits'
import { type Chosen, CustomersFilter, type CustomersSearch, CustomersTable } from '@/features/customers'
import { useMay } from '@/features/session'
import { Page } from '@/ui/page'

const route = getRouteApi('/app/customers')

export const CustomersPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = useNavigate()
  const mayEdit = useMay('record_outcome')
  const [selection, setSelection] = useState<Selection>(NOBODY)
  const [editing, setEditing] = useState<Chosen | null>(null)
  const [past, setPast] = useState(false)
  const change = (part: CustomersSearch) => {
    // Who was chosen among others is not chosen among these.
    setSelection(NOBODY)
    void navigate({ to: paths.customers, search: (before) => ({ ...before, ...part }), replace: true })
  }
  return (
    <Page
      fill
      title={t('nav.customers')}
      aside={
        mayEdit && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconHistory size={15} stroke={1.7} />}
            onClick={() => setPast(true)}
          >
            {t('edits.past')}
          </Button>
        )
      }
      actions={<CustomersFilter search={search} onSearch={change} />}
    >
      <CustomersTable search={search} selection={selection} onSelect={setSelection} onEdit={setEditing} />
      {editing && <EditDialog {...editing} onClose={() => setEditing(null)} onDone={() => setSelection(NOBODY)} />}
      {past && <EditsDrawer onClose={() => setPast(false)} />}
    </Page>
  )
}
