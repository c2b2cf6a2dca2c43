/** The web tag: its sites, its snippet to copy, and when it was last heard of. */
import { Button, CopyButton, TagsInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { tagsQuery } from '@/api/query'
import type { WebTag } from '@/api/types'
import { Moment, Num, RefusedState } from '@/features/session'
import { Panel } from '@/ui/page'
import { Waiting } from '@/ui/states'
import { ShownOnce } from './once'
import classes from './settings.module.css'

export const TagsPanel = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(tagsQuery)
  const [edited, setEdited] = useState<WebTag | null>(null)
  const renew = () => queries.invalidateQueries({ queryKey: ['tags'] })
  const put = useMutation({
    mutationFn: ({ name, origins, events }: Pick<WebTag, 'name' | 'origins' | 'events'>) =>
      answer(client.PUT('/api/v1/tags/{name}', { params: { path: { name } }, body: { origins, events } })),
    onSuccess: () => {
      setEdited(null)
      return renew()
    },
    onError: refused(t('state.unreachable')),
  })
  const drop = useMutation({
    mutationFn: (name: string) => answer(client.DELETE('/api/v1/tags/{name}', { params: { path: { name } } })),
    onSuccess: renew,
    onError: refused(t('state.unreachable')),
  })
  return (
    <Panel title={t('tags.title')}>
      <p className={classes.dim}>{t('tags.lead')}</p>
      {data ? (
        data.tags.map((tag) => (
          <TagRow
            key={tag.key}
            tag={tag}
            onEdit={() => setEdited(edited?.key === tag.key ? null : tag)}
            onDrop={() => drop.mutate(tag.name)}
          />
        ))
      ) : error ? (
        <RefusedState error={error} what={t('tags.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={2} label={t('state.loading')} />
      )}
      <TagForm
        key={edited?.key ?? 'new'}
        tag={edited}
        busy={put.isPending}
        onPut={put.mutate}
        onClose={edited ? () => setEdited(null) : undefined}
      />
      <ShownOnce
        title={t('tags.made')}
        explained={t('tags.secret_once')}
        secret={put.data?.secret ?? null}
        onClose={() => put.reset()}
      />
    </Panel>
  )
}

const refused = (unreachable: string) => (error: Error) =>
  notifications.show({
    color: 'red',
    message: isRefused(error) && error.status !== 0 ? error.message : unreachable,
  })

const TagRow = ({ tag, onEdit, onDrop }: { tag: WebTag; onEdit: () => void; onDrop: () => void }) => {
  const { t } = useTranslation()
  const snippet = tag.snippet.replaceAll('{base}', window.location.origin)
  return (
    <section className={classes.tag} aria-label={tag.name}>
      <div className={classes.tagHead}>
        <b>{tag.name}</b>
        <span className={classes.dim}>{tag.origins.join(' · ')}</span>
        <span className={classes.tagDo}>
          <Button size="compact-xs" variant="default" onClick={onEdit}>
            {t('action.edit')}
          </Button>
          <Button size="compact-xs" variant="light" color="red" onClick={onDrop}>
            {t('tags.drop')}
          </Button>
        </span>
      </div>
      <p className={classes.dim}>
        {tag.last_seen_at ? (
          <>
            {t('tags.last_seen')} <Moment at={tag.last_seen_at} /> · {tag.last_origin} · <Num n={tag.accepted} />{' '}
            {t('tags.events_in')}
          </>
        ) : (
          t('tags.never_seen')
        )}
        {0 < tag.events.length && (
          <>
            {' · '}
            {t('tags.events')}: {tag.events.join(', ')}
          </>
        )}
      </p>
      {tag.refused && (
        <p className={classes.dim} role="status">
          {t('tags.refused')} <Moment at={tag.refused_at} /> — {tag.refused}
        </p>
      )}
      <div className={classes.snippet}>
        <pre className={classes.secret}>{snippet}</pre>
        <CopyButton value={snippet}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="light" onClick={copy}>
              {t(copied ? 'action.copied' : 'action.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </section>
  )
}

type FormProps = {
  tag: WebTag | null
  busy: boolean
  onPut: (tag: Pick<WebTag, 'name' | 'origins' | 'events'>) => void
  onClose: (() => void) | undefined
}

const TagForm = ({ tag, busy, onPut, onClose }: FormProps) => {
  const { t } = useTranslation()
  const [name, setName] = useState(tag?.name ?? '')
  const [origins, setOrigins] = useState<string[]>(tag?.origins ?? [])
  const [events, setEvents] = useState<string[]>(tag?.events ?? [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onPut({ name, origins, events })
  }
  return (
    <form className={classes.row} onSubmit={submit}>
      <TextInput
        label={t('tags.name')}
        required
        w={150}
        value={name}
        readOnly={tag !== null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TagsInput
        label={t('tags.origins')}
        description={t('tags.origins_aside')}
        placeholder="https://www.example.jp"
        required
        acceptValueOnBlur
        w={340}
        value={origins}
        onChange={setOrigins}
      />
      <TagsInput
        label={t('tags.own_events')}
        description={t('tags.own_events_aside')}
        placeholder="signup"
        acceptValueOnBlur
        w={280}
        value={events}
        onChange={setEvents}
      />
      <Button type="submit" loading={busy}>
        {t(tag ? 'action.save' : 'tags.make')}
      </Button>
      {onClose && (
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      )}
    </form>
  )
}
