/** One customer: what happened, what it means, whom to talk to. */
import { Button } from '@mantine/core'
import { IconPencil, IconPencilPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { EditDialog } from '@/features/customer-edits'
import {
  AttributesPanel,
  ContactsPanel,
  CustomerHeader,
  DealsPanel,
  MembershipsPanel,
  OrganisationPanel,
  OutlookPanel,
  SignsPanel,
  Timeline,
} from '@/features/customers'
import { DuePanel } from '@/features/due'
import { OffersPanel } from '@/features/offers'
import { RefusedState, useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Page, Panel } from '@/ui/page'
import { useShortcuts } from '@/ui/shortcuts'
import { Waiting } from '@/ui/states'
import classes from './customer-page.module.css'

const route = getRouteApi('/app/customers/$key')

export const CustomerPage = () => {
  const { t } = useTranslation()
  const { key } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const mayWrite = useMay('record_outcome')
  const [edits, setEdits] = useState(false)
  useShortcuts(mayWrite ? { e: () => setEdits(true) } : {})
  const { data: customer, error, refetch } = useQuery(customerQuery(key))
  if (error && !customer) {
    return (
      <Page title={key}>
        <RefusedState error={error} what={t('customer.failed')} onRetry={() => void refetch()} />
      </Page>
    )
  }
  return (
    <Page
      title={customer?.name ?? t('state.loading')}
      aside={customer && <CustomerHeader customer={customer} />}
      actions={
        <>
          <ButtonLink to={paths.reports} search={{ customer: key }} variant="default">
            {t('reports.of_customer')}
          </ButtonLink>
          {mayWrite && (
            <Button
              variant="default"
              leftSection={<IconPencil size={15} stroke={1.7} />}
              onClick={() => setEdits(true)}
            >
              {t('edits.change')}
            </Button>
          )}
          {mayWrite && (
            <ButtonLink
              to={paths.newReport}
              search={{ customer: key }}
              leftSection={<IconPencilPlus size={15} stroke={1.7} />}
            >
              {t('reports.write')}
            </ButtonLink>
          )}
        </>
      }
    >
      <div className={classes.two}>
        <div className={classes.main}>
          <Timeline
            customer={key}
            search={search}
            onSearch={(part) =>
              void navigate({
                to: paths.customer,
                params: { key },
                search: { ...search, ...part },
                replace: true,
              })
            }
          />
        </div>
        <div className={classes.side}>
          {customer ? (
            <>
              <SignsPanel customer={customer} />
              <OffersPanel customer={key} />
              <OutlookPanel customer={key} />
              <DuePanel customer={key} />
              <OrganisationPanel customer={key} />
              <MembershipsPanel customer={customer} />
              <ContactsPanel contacts={customer.contacts} />
              <DealsPanel deals={customer.deals} />
              <AttributesPanel attributes={customer.attributes} />
            </>
          ) : (
            <Panel>
              <Waiting rows={6} label={t('state.loading')} />
            </Panel>
          )}
        </div>
      </div>
      {edits && <EditDialog who={{ keys: [key] }} count={1} onClose={() => setEdits(false)} />}
    </Page>
  )
}
