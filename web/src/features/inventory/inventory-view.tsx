/** データの棚卸し: who told what and when, how full each field is, what it makes possible, and what is missing. */
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inventoryQuery } from '@/api/query'
import type { Inventory } from '@/api/types'
import { paths } from '@/domain/paths'
import { Moment, Num, RefusedState, useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Panel } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'
import classes from './inventory-view.module.css'

/** What was told longer ago is marked as old. */
const OLD_DAYS = 30

export const InventoryView = () => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(inventoryQuery)
  const mayImport = useMay('import')
  if (!data) {
    return error ? (
      <RefusedState error={error} what={t('inventory.failed')} onRetry={() => void refetch()} />
    ) : (
      <Waiting rows={8} label={t('state.loading')} />
    )
  }
  if (data.sources.length === 0) {
    return (
      <Empty
        sentence={t('inventory.empty')}
        action={mayImport && <ButtonLink to={paths.imports}>{t('inventory.to_import')}</ButtonLink>}
      />
    )
  }
  return (
    <div className={classes.two}>
      <div className={classes.side}>
        <Sources inventory={data} />
        <Fields inventory={data} />
        <Events inventory={data} />
      </div>
      <div className={classes.side}>
        <Possible inventory={data} />
        <Missing inventory={data} />
      </div>
    </div>
  )
}

type Part = { inventory: Inventory }

const Sources = ({ inventory }: Part) => {
  const { t } = useTranslation()
  return (
    <Panel title={t('inventory.sources')} aside={<Num n={inventory.sources.length} />} flush>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('inventory.source')}</th>
            <th scope="col">{t('inventory.rows')}</th>
            <th scope="col">{t('inventory.told')}</th>
          </tr>
        </thead>
        <tbody>
          {inventory.sources.map((source) => (
            <tr key={source.name}>
              <th scope="row">
                {source.label}
                {source.latest !== '' && <span className={classes.latest}>{source.latest}</span>}
              </th>
              <td>
                <Num n={source.rows} />
              </td>
              <td>
                <Moment at={source.told_at} />
                {OLD_DAYS <= source.days_old && (
                  <span className={classes.old}>
                    <IconAlertTriangle size={13} stroke={1.8} aria-hidden /> {t('inventory.old')}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

const Fields = ({ inventory }: Part) => {
  const { t } = useTranslation()
  return (
    <Panel title={t('inventory.fields')} aside={t('figure.customers', { count: inventory.customers })} flush>
      <table className={classes.table}>
        <tbody>
          {inventory.attributes.map((field) => (
            <tr key={field.key}>
              <th scope="row">{field.label}</th>
              <td className={classes.wide} aria-hidden>
                <span className={classes.track}>
                  <i style={{ width: `${field.percent}%` }} />
                </span>
              </td>
              <td>
                {field.percent}% (<Num n={field.filled} />)
              </td>
              <td>
                {field.filled < inventory.customers && (
                  <ButtonLink
                    size="compact-xs"
                    variant="subtle"
                    to={paths.newSegment}
                    search={{ draft: JSON.stringify({ attribute: field.key, exists: false }) }}
                  >
                    {t('inventory.who_lacks')}
                  </ButtonLink>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

const Events = ({ inventory }: Part) => {
  const { t } = useTranslation()
  return (
    <Panel title={t('inventory.events')} aside={<Num n={inventory.events.length} />} flush>
      <table className={classes.table}>
        <tbody>
          {inventory.events
            .toSorted((a, b) => b.count - a.count)
            .map((event) => (
              <tr key={event.name}>
                <th scope="row">{event.label}</th>
                <td>
                  <Num n={event.count} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </Panel>
  )
}

const Possible = ({ inventory }: Part) => {
  const { t } = useTranslation()
  const labels = new Map(inventory.missing.map(({ name, label }) => [name, label]))
  const ready = inventory.possible.filter((each) => each.missing.length === 0).length
  return (
    <Panel title={t('inventory.possible')} aside={`${ready} / ${inventory.possible.length}`} flush>
      <ul className={classes.possible}>
        {inventory.possible.map((each) => (
          <li key={each.id}>
            {each.missing.length === 0 ? (
              <IconCheck size={15} stroke={2} aria-label={t('inventory.ready')} className={classes.ready} />
            ) : (
              <IconAlertTriangle size={15} stroke={1.7} aria-label={t('inventory.lacks')} className={classes.lacks} />
            )}
            <Link to={paths.templates} search={{ q: each.name }}>
              {each.name}
            </Link>
            {0 < each.missing.length && <span>{each.missing.map((name) => labels.get(name) ?? name).join('・')}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const Missing = ({ inventory }: Part) => {
  const { t } = useTranslation()
  return (
    <Panel title={t('inventory.missing')} aside={t('inventory.missing_aside')} flush>
      {inventory.missing.length === 0 ? (
        <p className={classes.none}>{t('inventory.nothing_missing')}</p>
      ) : (
        <table className={classes.table}>
          <tbody>
            {inventory.missing.map((each) => (
              <tr key={each.name}>
                <th scope="row">{each.label}</th>
                <td>{t('inventory.needed_by', { count: each.needed_by })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
