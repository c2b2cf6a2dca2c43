/** What was changed about many customers, by whom, and the way back for 30 days. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerEditsQuery } from '@/api/query'
import type { CustomerEdit } from '@/api/types'
import { Moment, RefusedState } from '@/features/session'
import { SideDrawer } from '@/ui/side-drawer'
import { Empty, Waiting } from '@/ui/states'
import { Tag } from '@/ui/tag'
import classes from './edits.module.css'
import { isAtWork, useUndoEdit } from './use-edit'

export const EditsDrawer = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(customerEditsQuery)
  return (
    <SideDrawer opened onClose={onClose} title={t('edits.past')} size={520}>
      {error && !data ? (
        <RefusedState error={error} what={t('edits.failed')} onRetry={() => void refetch()} />
      ) : !data ? (
        <Waiting rows={5} label={t('state.loading')} />
      ) : data.edits.length === 0 ? (
        <Empty sentence={t('edits.empty')} />
      ) : (
        <ul className={classes.past}>
          {data.edits.map((edit) => (
            <PastEdit key={edit.id} edit={edit} />
          ))}
        </ul>
      )}
    </SideDrawer>
  )
}

const PastEdit = ({ edit }: { edit: CustomerEdit }) => {
  const { t } = useTranslation()
  const undo = useUndoEdit()
  const [begun, setBegun] = useState(false)
  return (
    <li>
      <span className={classes.said}>
        <b>{edit.said}</b>
        <span className={classes.note}>
          {t('edits.changed', { count: edit.changed ?? edit.customers })} · {edit.by} · <Moment at={edit.at} />
        </span>
      </span>
      {edit.state !== 'done' && <Tag>{t(`edits.state.${edit.state}`)}</Tag>}
      {edit.undo_until && (
        <Button
          size="compact-xs"
          variant="default"
          loading={begun || isAtWork(edit)}
          onClick={() => {
            setBegun(true)
            void undo(edit.id).finally(() => setBegun(false))
          }}
        >
          {t('action.undo')}
        </Button>
      )}
    </li>
  )
}
