/** What to change about the chosen customers, how far it is, and the way back when it is done. */
import { Button, Modal, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { customerEditQuery } from '@/api/query'
import type { ChosenCustomers, CustomerEdit } from '@/api/types'
import { newId } from '@/domain/id'
import { useMay, useReasonOf } from '@/features/session'
import { useTellUndo } from '@/ui/undo-notice'
import { WorkProgress } from '@/ui/work-progress'
import { EditField } from './edit-field'
import classes from './edits.module.css'
import { isAtWork, useSeenAnew, useUndoEdit } from './use-edit'

export const WHATS = ['rep', 'tag', 'untag', 'list', 'unlist', 'set'] as const
export type What = (typeof WHATS)[number]

/** What is typed into the form. */
export type Typed = { what: What; attribute: string; value: string }

type EditDialogProps = {
  who: ChosenCustomers
  /** How many they are. */
  count: number
  onClose: () => void
  onDone?: () => void
}

export const EditDialog = ({ who, count, onClose, onDone }: EditDialogProps) => {
  const { t } = useTranslation()
  const assigns = useMay('see_all_customers')
  const reasonOf = useReasonOf()
  const [typed, setTyped] = useState<Typed>({ what: assigns ? 'rep' : 'tag', attribute: '', value: '' })
  const [id] = useState(newId)
  const begin = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/customer-edits', { body: { id, who, ...asWritten(typed) } })),
  })
  const edit = useQuery({ ...customerEditQuery(id), enabled: begin.isSuccess }).data
  useWhenDone(edit, () => {
    onDone?.()
    onClose()
  })
  const over = edit && !isAtWork(edit) && edit.state !== 'done' ? edit : null
  return (
    <Modal
      opened
      size={560}
      onClose={onClose}
      title={t('edits.title', { count })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          begin.mutate()
        }}
      >
        <SegmentedControl
          aria-label={t('edits.what')}
          value={typed.what}
          data={WHATS.filter((what) => assigns || what !== 'rep').map((what) => ({
            value: what,
            label: t(`edits.whats.${what}`),
          }))}
          disabled={begin.isSuccess}
          onChange={(what) => setTyped({ what: what as What, attribute: '', value: '' })}
        />
        <EditField typed={typed} one={count === 1} disabled={begin.isSuccess} onTyped={setTyped} />
        <p className={classes.note}>{t('edits.undo_note')}</p>
        {edit && isAtWork(edit) && <Working edit={edit} />}
        {begin.error && (
          <p role="alert" className={classes.refused}>
            {reasonOf(begin.error)}
          </p>
        )}
        {over && (
          <p role="alert" className={classes.refused}>
            {over.error ?? t('edits.stopped')}
          </p>
        )}
        <div className={classes.choices}>
          <Button variant="default" onClick={onClose}>
            {t(begin.isSuccess ? 'action.close' : 'action.cancel')}
          </Button>
          {!begin.isSuccess && (
            <Button type="submit" loading={begin.isPending} disabled={!isWhole(typed)}>
              {t('edits.do', { count })}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  )
}

const Working = ({ edit }: { edit: CustomerEdit }) => {
  const { t } = useTranslation()
  const stop = useMutation({
    mutationFn: () => answer(client.DELETE('/api/v1/customer-edits/{id}', { params: { path: { id: edit.id } } })),
  })
  const { done, total } = edit.progress ?? { done: 0, total: edit.customers }
  return (
    <WorkProgress
      done={done}
      total={total}
      said={t('edits.far', { done, total })}
      label={edit.said}
      stop={{ label: t('edits.stop'), busy: stop.isPending || stop.isSuccess, onStop: () => stop.mutate() }}
    />
  )
}

/** Once, when it is done: tells it with the way back, and shows everything anew. */
const useWhenDone = (edit: CustomerEdit | undefined, onDone: () => void) => {
  const { t } = useTranslation()
  const tellUndo = useTellUndo()
  const undo = useUndoEdit()
  const seenAnew = useSeenAnew()
  const done = edit?.state === 'done'
  const tell = useEffectEvent(() => {
    if (!edit) return
    tellUndo(edit.id, t('edits.done_toast', { said: edit.said, count: edit.changed ?? 0 }), () => void undo(edit.id))
    void seenAnew()
    onDone()
  })
  useEffect(() => {
    if (done) tell()
  }, [done])
}

/** Whether there is enough to do something. */
const isWhole = ({ what, attribute, value }: Typed) => (what === 'set' ? attribute !== '' : value.trim() !== '')

/** As the server reads it: tags and lists are attributes that are true or nothing. */
const asWritten = ({ what, attribute, value }: Typed) => {
  const name = value.trim()
  switch (what) {
    case 'rep':
      return { attribute: 'rep', value: name }
    case 'tag':
    case 'list':
      return { attribute: `${what}:${name}`, value: true }
    case 'untag':
      return { attribute: `tag:${name}`, value: null }
    case 'unlist':
      return { attribute: `list:${name}`, value: null }
    case 'set':
      return { attribute, value: name || null }
  }
}
