/** Who I am, and the way out. */
import { Menu, UnstyledButton } from '@mantine/core'
import { IconLogout, IconSettings } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { sessionQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { useMe, useSession } from './use-session'
import classes from './user-menu.module.css'

export const UserMenu = () => {
  const { t } = useTranslation()
  const me = useMe()
  const session = useSession()
  const queries = useQueryClient()
  const navigate = useNavigate()
  if (!me) return null
  const leave = async () => {
    await answer(client.DELETE('/api/v1/session'))
    await queries.resetQueries({ queryKey: sessionQuery.queryKey })
    await navigate({ to: paths.signIn })
    // Nothing that was seen stays behind for the next person at this machine.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] })
  }
  return (
    <Menu width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.me} aria-label={t('user.menu', { name: me.name })}>
          {[...me.name][0]}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{me.name}</strong>
          <span>{me.email}</span>
          <span>
            {t(`role.${me.role}`)} · {session?.workspace.name}
          </span>
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconSettings size={15} stroke={1.6} />}
          onClick={() => navigate({ to: paths.settings })}
        >
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} stroke={1.6} />} onClick={leave}>
          {t('user.sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
