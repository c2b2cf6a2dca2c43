/** Who is like the members and is none yet: what they share, and the members they are nearest to. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { prospectsQuery } from '@/api/query'
import { formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { RefusedState, useLanguage } from '@/features/session'
import { Panel } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'
import classes from './models.module.css'

export const ProspectList = ({ id }: { id: string }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const found = useInfiniteQuery(prospectsQuery(id))
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Panel
      title={t('models.prospects')}
      aside={found.data?.pages[0] && t('figure.customers', { count: found.data.pages[0].count })}
    >
      {found.error && !found.data ? (
        <RefusedState error={found.error} what={t('models.failed')} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Waiting rows={5} label={t('state.loading')} />
      ) : rows.length === 0 ? (
        <Empty sentence={t('models.no_prospects')} />
      ) : (
        <>
          <ol className={classes.prospects}>
            {rows.map(({ customer, likeness, shared, nearest }) => (
              <li key={customer.key}>
                <b className={classes.likeness}>{formatPercent(likeness, language)}</b>
                <div>
                  <Link to={paths.customer} params={{ key: customer.key }} className={classes.name}>
                    {customer.name}
                  </Link>
                  <ul className={classes.shared}>
                    {shared.map((point) => (
                      <li key={point}>{point}</li>
                    ))}
                  </ul>
                  {0 < nearest.length && (
                    <p className={classes.dim}>
                      {t('models.nearest')}{' '}
                      {nearest.map((near) => (
                        <Link key={near.key} to={paths.customer} params={{ key: near.key }} className={classes.near}>
                          {near.name}
                        </Link>
                      ))}
                    </p>
                  )}
                </div>
              </li>
            ))}
          </ol>
          {found.hasNextPage && (
            <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {t('map.more_people')}
            </Button>
          )}
        </>
      )}
    </Panel>
  )
}
