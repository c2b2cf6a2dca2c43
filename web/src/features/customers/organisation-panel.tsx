/** The firm a customer belongs to: its sites with their records, why they belong together, and who works there. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { organisationQuery } from '@/api/query'
import type { CustomerIds } from '@/api/types'
import { paths } from '@/domain/paths'
import { Moment, RefusedState } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './organisation-panel.module.css'

type Firm = Exclude<CustomerIds['firm'], null>

export const OrganisationPanel = ({ customer }: { customer: string }) => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(organisationQuery(customer))
  if (error && !data) {
    return (
      <Panel title={t('organisation.title')}>
        <RefusedState error={error} what={t('organisation.failed')} onRetry={() => void refetch()} />
      </Panel>
    )
  }
  // A person is of no firm.
  if (!data?.firm) return null
  const { firm } = data
  const many = firm.people.filter(({ known_as }) => 1 < known_as.length)
  return (
    <Panel
      title={t('organisation.title')}
      aside={
        <span className={classes.ids}>
          <span title={t('organisation.id')}>{data.organisation}</span>
          <span title={t('organisation.site_id')}>{data.site}</span>
        </span>
      }
    >
      <p className={classes.firm}>
        <b>{firm.name}</b>
        {firm.corporate_number && (
          <span className={classes.dim}>{t('organisation.corporate_number', { number: firm.corporate_number })}</span>
        )}
      </p>
      {firm.records === 1 ? (
        <p className={classes.dim}>{t('organisation.alone')}</p>
      ) : (
        <ul className={classes.sites}>
          {firm.sites.map((site) => (
            <Site key={site.id} site={site} customer={customer} />
          ))}
        </ul>
      )}
      {0 < many.length && (
        <>
          <h3 className={classes.head}>{t('organisation.people')}</h3>
          <ul className={classes.people}>
            {many.map((person) => (
              <li key={person.id}>
                <b title={t('organisation.person_id', { id: person.id })}>{person.name ?? person.id}</b>
                <span className={classes.dim}>
                  {person.known_as.map(({ customer: key, contact }) => (
                    <Link key={`${key} ${contact}`} to={paths.customer} params={{ key }}>
                      {nameOf(firm, key)}
                    </Link>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {firm.more && <p className={classes.dim}>{t('organisation.more')}</p>}
    </Panel>
  )
}

const nameOf = (firm: Firm, key: string) =>
  firm.sites.flatMap(({ records }) => records).find((record) => record.key === key)?.name ?? key

const Site = ({ site, customer }: { site: Firm['sites'][number]; customer: string }) => {
  const { t } = useTranslation()
  return (
    <li>
      <p className={classes.site}>
        <span>{site.branch ?? t('organisation.head')}</span>
        <span className={classes.dim}>{site.address}</span>
        <span className={classes.id} title={t('organisation.site_id')}>
          {site.id}
        </span>
      </p>
      <ul>
        {site.records.map((record) => (
          <li key={record.key} aria-current={record.key === customer || undefined}>
            <span className={classes.record}>
              {record.key === customer ? (
                <b>{record.name}</b>
              ) : (
                <Link to={paths.customer} params={{ key: record.key }}>
                  {record.name}
                </Link>
              )}
              <span className={classes.dim}>
                {record.rep}
                {record.rep && record.last_event_at && ' · '}
                {record.last_event_at && <Moment at={record.last_event_at} />}
              </span>
            </span>
            {record.because && <span className={classes.because}>{record.because}</span>}
          </li>
        ))}
      </ul>
    </li>
  )
}
