/** Every definition there was: what each said, who is in by it and not by today's, and the way back to it. */
import { Button, Modal, UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { compareQuery, segmentQuery, versionsQuery } from '@/api/query'
import type { Segment, VersionRow } from '@/api/types'
import { formatDateTime } from '@/domain/format'
import { MovedPeople } from '@/features/conditions'
import { AsOf, Moment, RefusedState, useMay, useWhen } from '@/features/session'
import { AfterAMoment, Waiting } from '@/ui/states'
import { Tag } from '@/ui/tag'
import { Sentences } from './save-dialog'
import dialog from './save-dialog.module.css'
import classes from './versions-panel.module.css'

const SHOWN_AT_FIRST = 5

export const VersionsPanel = ({ segment }: { segment: Segment }) => {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const [opened, setOpened] = useState<VersionRow | null>(null)
  const { data, error, refetch } = useQuery(versionsQuery(segment.id))
  if (error && !data) return <RefusedState error={error} what={t('versions.failed')} onRetry={() => void refetch()} />
  if (!data) return <Waiting rows={2} label={t('state.loading')} />
  const versions = data.versions
  const shown = all ? versions : versions.slice(0, SHOWN_AT_FIRST)
  return (
    <>
      <ol className={classes.versions}>
        {shown.map((row) => (
          <li key={row.version}>
            <UnstyledButton className={classes.version} onClick={() => setOpened(row)}>
              <span className={classes.head}>
                <b>v{row.version}</b>
                {row.in_force && <Tag tone="brand">{t('versions.in_force')}</Tag>}
                {row.retired && <Tag>{t('segments.retired')}</Tag>}
                <span className={classes.when}>
                  <Moment at={row.at} /> {row.by ?? t(`origin.${row.origin}`)}
                </span>
              </span>
              <span className={classes.sentence} data-sentence>
                {row.sentence ?? t('segments.unreadable')}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
      {shown.length < versions.length && (
        <UnstyledButton className={classes.more} onClick={() => setAll(true)}>
          {t('why.more_evidence', { count: versions.length - shown.length })}
        </UnstyledButton>
      )}
      {opened && <VersionDialog segment={segment} row={opened} onClose={() => setOpened(null)} />}
    </>
  )
}

const VersionDialog = ({ segment, row, onClose }: { segment: Segment; row: VersionRow; onClose: () => void }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const mayEdit = useMay('edit_segments')
  const restore = useRestoreVersion(segment, onClose)
  const isOther = row.version !== segment.version
  const compared = useQuery({ ...compareQuery(segment.id, row.version, segment.version), enabled: isOther })
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t('versions.title', { name: segment.name, version: row.version })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={dialog.dialog}>
        <p className={dialog.note}>
          {t('segments.changed_by', {
            who: row.by ?? t(`origin.${row.origin}`),
            time: formatDateTime(row.at, when),
            version: row.version,
          })}
        </p>
        {isOther ? (
          <Sentences before={row.sentence} after={segment.sentence} />
        ) : (
          <p data-sentence>{row.sentence ?? t('segments.unreadable')}</p>
        )}
        {isOther && compared.data && (
          <div className={dialog.moved}>
            <span className={classes.since}>{t('versions.since', { version: row.version })}</span>
            <MovedPeople moved={compared.data.enters} direction="enters" />
            <MovedPeople moved={compared.data.leaves} direction="leaves" />
            <AsOf at={compared.data.as_of} />
          </div>
        )}
        {isOther && compared.error && (
          <p role="alert" className={dialog.note}>
            {isRefused(compared.error) && compared.error.status !== 0 ? compared.error.message : t('state.unreachable')}
          </p>
        )}
        {isOther && compared.isPending && (
          <AfterAMoment>
            <Waiting rows={1} label={t('state.loading')} />
          </AfterAMoment>
        )}
        {isOther && mayEdit && (
          <div className={dialog.choices}>
            <Button loading={restore.isPending} onClick={() => restore.mutate(row.version)}>
              {t('versions.restore')}
            </Button>
          </div>
        )}
      </div>
    </Modal>
  )
}

const useRestoreVersion = (segment: Segment, onDone: () => void) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (version: number) =>
      answer(
        client.POST('/api/v1/segments/{id}/versions/{version}/restore', {
          params: { path: { id: segment.id, version } },
        }),
      ),
    onSuccess: async (restored, version) => {
      queries.setQueryData(segmentQuery(segment.id).queryKey, restored as Segment)
      onDone()
      notifications.show({ message: t('versions.restored', { name: segment.name, version }) })
      await Promise.all(
        [['segments'], ['versions', segment.id], ['members', segment.id], ['sizes', segment.id]].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      )
    },
    onError: (error) =>
      notifications.show({
        color: 'red',
        title: t('versions.not_restored'),
        message: isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'),
      }),
  })
}
