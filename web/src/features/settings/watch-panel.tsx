/** The folder of which each new file is imported by itself. */
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { watchFolderQuery } from '@/api/query'
import { RefusedState } from '@/features/session'
import { Panel } from '@/ui/page'
import { Waiting } from '@/ui/states'
import classes from './settings.module.css'

export const WatchPanel = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(watchFolderQuery)
  const [typed, setTyped] = useState<string | null>(null)
  const put = useMutation({
    mutationFn: (folder: string | null) => answer(client.PUT('/api/v1/watch-folder', { body: { folder } })),
    onSuccess: () => {
      setTyped(null)
      return queries.invalidateQueries({ queryKey: ['watch-folder'] })
    },
  })
  if (!data) {
    return (
      <Panel title={t('watch.title')}>
        {error ? (
          <RefusedState error={error} what={t('watch.failed')} onRetry={() => void refetch()} />
        ) : (
          <Waiting rows={1} label={t('state.loading')} />
        )}
      </Panel>
    )
  }
  const folder = typed ?? data.folder ?? ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    put.mutate(folder)
  }
  const refusal = put.error
    ? isRefused(put.error) && put.error.status !== 0
      ? put.error.message
      : t('state.unreachable')
    : data.fault
  return (
    <Panel title={t('watch.title')}>
      <p className={classes.dim}>{t('watch.lead')}</p>
      <form className={classes.row} onSubmit={submit}>
        <TextInput
          label={t('watch.folder')}
          placeholder="/srv/exports"
          required
          w={420}
          value={folder}
          error={refusal}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" loading={put.isPending} disabled={folder === data.folder}>
          {t('watch.begin')}
        </Button>
        {data.folder !== null && (
          <Button variant="default" onClick={() => put.mutate(null)}>
            {t('watch.stop')}
          </Button>
        )}
      </form>
    </Panel>
  )
}
