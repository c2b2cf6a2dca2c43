/** Backups that the server keeps: made with progress, checked, fetched, removed; and how one becomes a workspace again. */
import { Button, Modal } from '@mantine/core'
import { IconDatabaseExport, IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { backupsQuery } from '@/api/query'
import type { BackupRow, Backups } from '@/api/types'
import { formatBytes, formatDateTime, formatNumber } from '@/domain/format'
import { files } from '@/domain/paths'
import { RefusedState, useReasonOf, useRefused, useWhen } from '@/features/session'
import { Panel } from '@/ui/page'
import { Waiting } from '@/ui/states'
import { Tag } from '@/ui/tag'
import { WorkProgress } from '@/ui/work-progress'
import classes from './settings.module.css'

export const BackupsPanel = () => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(backupsQuery)
  const [removing, setRemoving] = useState<BackupRow | null>(null)
  return (
    <Panel title={t('backups.title')}>
      <p className={classes.dim}>{t('backups.lead')}</p>
      {data ? (
        <>
          <Making told={data} />
          {data.backups.length === 0 ? (
            <p className={classes.dim}>{t('backups.none')}</p>
          ) : (
            <div className={classes.scroll}>
              <table className={classes.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('backups.at')}</th>
                    <th scope="col">{t('backups.size')}</th>
                    <th scope="col">{t('backups.file')}</th>
                    <th scope="col">{t('backups.check')}</th>
                    <th scope="col" aria-label={t('backups.remove')} />
                  </tr>
                </thead>
                <tbody>
                  {data.backups.map((row) => (
                    <Row key={row.name} row={row} onRemove={() => setRemoving(row)} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <HowToRestore told={data} />
        </>
      ) : error ? (
        <RefusedState error={error} what={t('backups.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={2} label={t('state.loading')} />
      )}
      {removing && <Removing row={removing} onClose={() => setRemoving(null)} />}
    </Panel>
  )
}

const useTold = () => {
  const queries = useQueryClient()
  return (told: Backups) => queries.setQueryData(backupsQuery.queryKey, told)
}

/** Makes one now: how far it is, and the way to stop it. */
const Making = ({ told }: { told: Backups }) => {
  const { t } = useTranslation()
  const { language } = useWhen()
  const onSuccess = useTold()
  const reasonOf = useReasonOf()
  const begin = useMutation({ mutationFn: () => answer(client.POST('/api/v1/backups')), onSuccess })
  const cancel = useMutation({ mutationFn: () => answer(client.DELETE('/api/v1/backups')), onSuccess })
  if (told.state === 'running') {
    const { done, total } = told.progress ?? { done: 0, total: 0 }
    return (
      <div className={classes.row}>
        <WorkProgress
          done={done}
          total={total}
          label={t('backups.progress')}
          said={
            total === 0
              ? t('backups.begins')
              : t(2 * done < total ? 'backups.writing' : 'backups.reading', {
                  done: formatBytes(done, language),
                  total: formatBytes(total, language),
                })
          }
          stop={{ label: t('action.cancel'), busy: cancel.isPending, onStop: () => cancel.mutate() }}
        />
      </div>
    )
  }
  const refused = begin.error ?? cancel.error
  return (
    <div className={classes.row}>
      <Button
        leftSection={<IconDatabaseExport size={15} stroke={1.7} />}
        loading={begin.isPending}
        onClick={() => begin.mutate()}
      >
        {t('backups.now')}
      </Button>
      {told.state === 'cancelled' && <span className={classes.dim}>{t('backups.cancelled')}</span>}
      {(told.error ?? refused) && (
        <span role="alert" className={classes.dim}>
          {told.error ?? reasonOf(refused)}
        </span>
      )}
    </div>
  )
}

const Row = ({ row, onRemove }: { row: BackupRow; onRemove: () => void }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const reasonOf = useReasonOf()
  const path = { params: { path: { name: row.name } } }
  const check = useMutation({ mutationFn: () => answer(client.GET('/api/v1/backups/{name}/check', path)) })
  return (
    <tr>
      <td className={classes.strong}>{formatDateTime(row.at, when)}</td>
      <td>{formatBytes(row.bytes, when.language)}</td>
      <td>
        <Button
          component="a"
          href={files.backup(row.name)}
          download
          size="compact-xs"
          variant="light"
          leftSection={<IconDownload size={13} stroke={1.7} />}
          title={row.name}
        >
          {t('backups.fetch')}
        </Button>
      </td>
      <td>
        {check.data ? (
          <Tag tone="purchase">{t('backups.whole', { files: formatNumber(check.data.files, when.language) })}</Tag>
        ) : check.error ? (
          <span role="alert">
            <Tag tone="churn">{reasonOf(check.error)}</Tag>
          </span>
        ) : (
          <Button size="compact-xs" variant="light" loading={check.isPending} onClick={() => check.mutate()}>
            {t('backups.check_now')}
          </Button>
        )}
      </td>
      <td>
        <Button size="compact-xs" variant="light" color="red" onClick={onRemove}>
          {t('backups.remove')}
        </Button>
      </td>
    </tr>
  )
}

/** There is no way back from this, so it says what stays. */
const Removing = ({ row, onClose }: { row: BackupRow; onClose: () => void }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const told = useTold()
  const remove = useMutation({
    mutationFn: () => answer(client.DELETE('/api/v1/backups/{name}', { params: { path: { name: row.name } } })),
    onSuccess: (left) => {
      told(left)
      onClose()
    },
    onError: useRefused(t('backups.not_removed')),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('backups.remove_title', { at: formatDateTime(row.at, when) })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <p className={classes.explained}>{t('backups.remove_explained')}</p>
      <div className={classes.end}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('backups.remove')}
        </Button>
      </div>
    </Modal>
  )
}

const HowToRestore = ({ told }: { told: Backups }) => {
  const { t } = useTranslation()
  const file = told.backups[0]?.name ?? 'kizashi.backup'
  return (
    <details className={classes.restore}>
      <summary>{t('backups.how')}</summary>
      <p className={classes.dim}>{t('backups.how_explained')}</p>
      <code className={classes.secret}>{`kizashi restore ${told.folder}/${file} my-firm-again`}</code>
      <code className={classes.secret}>kizashi serve --data my-firm-again</code>
      <p className={classes.dim}>{t('backups.erased')}</p>
    </details>
  )
}
