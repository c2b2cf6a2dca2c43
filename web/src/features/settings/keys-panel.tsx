/** API keys: for programs that send facts or read segments. */
import { Button, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { keysQuery } from '@/api/query'
import type { ApiKey, Role } from '@/api/types'
import { Moment, RefusedState } from '@/features/session'
import { Panel } from '@/ui/page'
import { Waiting } from '@/ui/states'
import { ShownOnce } from './once'
import { ROLES } from './people-panel'
import classes from './settings.module.css'

export const KeysPanel = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(keysQuery)
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('manager')
  const renew = () => queries.invalidateQueries({ queryKey: ['keys'] })
  const onError = (refused: Error) =>
    notifications.show({
      color: 'red',
      message: isRefused(refused) && refused.status !== 0 ? refused.message : t('state.unreachable'),
    })
  const make = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/keys', { body: { name, role } })),
    onSuccess: () => {
      setName('')
      return renew()
    },
    onError,
  })
  const drop = useMutation({
    mutationFn: (id: ApiKey['id']) => answer(client.DELETE('/api/v1/keys/{id}', { params: { path: { id } } })),
    onSuccess: renew,
    onError,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Panel title={t('settings.keys')}>
      {data ? (
        <div className={classes.scroll}>
          {data.keys.length === 0 ? (
            <p className={classes.dim}>{t('settings.no_keys')}</p>
          ) : (
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('settings.key_name')}</th>
                  <th scope="col">{t('settings.role')}</th>
                  <th scope="col">{t('settings.created')}</th>
                  <th scope="col">{t('settings.last_used')}</th>
                  <th scope="col" aria-label={t('settings.revoke')} />
                </tr>
              </thead>
              <tbody>
                {data.keys.map((key) => (
                  <tr key={key.id}>
                    <td>
                      <div className={classes.strong}>{key.name}</div>
                      <code className={classes.dim}>{key.prefix}…</code>
                    </td>
                    <td>{t(`role.${key.role}`)}</td>
                    <td>
                      <Moment at={key.created_at} />
                    </td>
                    <td>
                      <Moment at={key.last_used_at} />
                    </td>
                    <td>
                      <Button size="compact-xs" variant="light" color="red" onClick={() => drop.mutate(key.id)}>
                        {t('settings.revoke')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      ) : error ? (
        <RefusedState error={error} what={t('settings.keys_failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={2} label={t('state.loading')} />
      )}
      <form className={classes.row} onSubmit={submit}>
        <TextInput
          label={t('settings.key_name')}
          required
          w={220}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('settings.role')}
          w={130}
          value={role}
          data={ROLES.map((each) => ({ value: each, label: t(`role.${each}`) }))}
          onChange={(next) => next && setRole(next as Role)}
        />
        <Button type="submit" loading={make.isPending}>
          {t('settings.make_key')}
        </Button>
      </form>
      <ShownOnce
        title={t('settings.key_made')}
        explained={t('settings.key_once')}
        secret={make.data?.secret ?? null}
        onClose={() => make.reset()}
      />
    </Panel>
  )
}
