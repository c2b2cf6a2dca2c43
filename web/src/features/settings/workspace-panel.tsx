/** Facts about this workspace and its server. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { healthQuery } from '@/api/query'
import { AsOf, Num, useSession } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './settings.module.css'

export const WorkspacePanel = () => {
  const { t } = useTranslation()
  const session = useSession()
  const health = useQuery(healthQuery).data
  if (!session) return null
  const { name, time_zone: timeZone, version } = session.workspace
  return (
    <Panel title={t('settings.workspace')} aside={health && <AsOf at={health.as_of} />}>
      <dl className={classes.look}>
        <Fact label={t('settings.workspace_name')}>{name}</Fact>
        <Fact label={t('settings.time_zone')}>{timeZone}</Fact>
        <Fact label={t('settings.version')}>{version}</Fact>
        {health && (
          <>
            <Fact label={t('nav.customers')}>
              <Num n={health.customers} />
            </Fact>
            <Fact label={t('settings.events')}>
              <Num n={health.events} />
            </Fact>
            <Fact label={t('nav.segments')}>
              <Num n={health.segments} />
            </Fact>
          </>
        )}
      </dl>
    </Panel>
  )
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)
