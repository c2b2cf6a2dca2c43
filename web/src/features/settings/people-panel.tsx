/** Who may come in, and as what. */
import { Button, Select, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { peopleQuery } from '@/api/query'
import type { Person, Role } from '@/api/types'
import { Moment, RefusedState, useMe } from '@/features/session'
import { Panel } from '@/ui/page'
import { Waiting } from '@/ui/states'
import { ShownOnce } from './once'
import classes from './settings.module.css'

export const ROLES: readonly Role[] = ['owner', 'manager', 'rep', 'viewer']

const useComplain = () => {
  const { t } = useTranslation()
  return (error: Error) =>
    notifications.show({
      color: 'red',
      message: isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'),
    })
}

/** The server names the path; where it is reached is known here. */
const addressOf = (link: string) => new URL(link, window.location.origin).href

export const PeoplePanel = () => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(peopleQuery)
  return (
    <Panel title={t('settings.people')}>
      {data ? (
        <>
          <div className={classes.scroll}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('access.name')}</th>
                  <th scope="col">{t('settings.role')}</th>
                  <th scope="col">{t('settings.rep_name')}</th>
                  <th scope="col">{t('settings.last_seen')}</th>
                  <th scope="col">{t('settings.active')}</th>
                  <th scope="col" aria-label={t('settings.new_link')} />
                </tr>
              </thead>
              <tbody>
                {data.people.map((person) => (
                  <PersonRow key={person.id} person={person} />
                ))}
              </tbody>
            </table>
          </div>
          <Invite />
        </>
      ) : error ? (
        <RefusedState error={error} what={t('settings.people_failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={3} label={t('state.loading')} />
      )}
    </Panel>
  )
}

const PersonRow = ({ person }: { person: Person }) => {
  const { t } = useTranslation()
  const me = useMe()
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (body: { role?: Role; rep?: string | null; active?: boolean }) =>
      answer(client.PATCH('/api/v1/people/{id}', { params: { path: { id: person.id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
    onError: useComplain(),
  })
  const relink = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/people/{id}/link', { params: { path: { id: person.id } } })),
    onError: useComplain(),
  })
  const link = relink.data ? addressOf(relink.data.link) : null
  const isMe = me?.id === person.id
  return (
    <tr>
      <td>
        <div className={classes.strong}>{person.name}</div>
        <div className={classes.dim}>{person.email}</div>
      </td>
      <td>
        <Select
          aria-label={t('settings.role_of', { name: person.name })}
          w={130}
          disabled={isMe}
          title={isMe ? t('settings.not_yourself') : undefined}
          value={person.role}
          data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          onChange={(role) => role && change.mutate({ role: role as Role })}
        />
      </td>
      <td>
        <TextInput
          aria-label={t('settings.rep_of', { name: person.name })}
          w={140}
          defaultValue={person.rep ?? ''}
          onBlur={(event) => {
            const rep = event.currentTarget.value.trim() || null
            if (rep !== person.rep) change.mutate({ rep })
          }}
        />
      </td>
      <td>
        <Moment at={person.last_seen} />
      </td>
      <td>
        <Switch
          aria-label={t('settings.active_of', { name: person.name })}
          checked={person.active}
          disabled={isMe}
          onChange={(event) => change.mutate({ active: event.currentTarget.checked })}
        />
      </td>
      <td>
        {!isMe && (
          <Button
            size="compact-xs"
            variant="light"
            aria-label={t('settings.new_link_of', { name: person.name })}
            loading={relink.isPending}
            onClick={() => relink.mutate()}
          >
            {t('settings.new_link')}
          </Button>
        )}
        <ShownOnce
          title={t('settings.invited')}
          explained={t('settings.link_once')}
          secret={link}
          onClose={() => relink.reset()}
        />
      </td>
    </tr>
  )
}

const Invite = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('rep')
  const [rep, setRep] = useState('')
  const invite = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/people', { body: { email, name, role, rep: rep.trim() || null } })),
    onSuccess: async () => {
      setEmail('')
      setName('')
      setRep('')
      await queries.invalidateQueries({ queryKey: ['people'] })
    },
    onError: useComplain(),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate()
  }
  const link = invite.data ? addressOf(invite.data.link) : null
  return (
    <>
      <form className={classes.row} onSubmit={submit}>
        <TextInput
          label={t('access.email')}
          type="email"
          required
          w={220}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label={t('access.name')}
          required
          w={150}
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
        <TextInput
          label={t('settings.rep_name')}
          w={140}
          value={rep}
          onChange={(event) => setRep(event.currentTarget.value)}
        />
        <Button type="submit" loading={invite.isPending}>
          {t('settings.invite')}
        </Button>
      </form>
      <p className={classes.dim}>{t('settings.roles_explained')}</p>
      <ShownOnce
        title={t('settings.invited')}
        explained={t('settings.link_once')}
        secret={link}
        onClose={() => invite.reset()}
      />
    </>
  )
}
