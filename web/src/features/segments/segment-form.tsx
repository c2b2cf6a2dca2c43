/** Writes a segment: what it is called and for, whom it holds, and how many that is right now. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useMemo, useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { segmentQuery, vocabularyQuery } from '@/api/query'
import type { Segment, SegmentInput } from '@/api/types'
import { startWriting, toDraft, write } from '@/domain/condition-tree'
import { monthsAfter, REVIEW_AFTER_MONTHS } from '@/domain/review'
import { Builder, LiveCount, useFunnel, useLiveCount, useSentences, WhyDrawer } from '@/features/conditions'
import { RefusedState, useMe } from '@/features/session'
import { Page, Panel } from '@/ui/page'
import { useShortcuts } from '@/ui/shortcuts'
import { Waiting } from '@/ui/states'
import { About, type Filled, filledFrom, inputOf } from './about-fields'
import { useToday } from './care-fields'
import { Conflict } from './conflict'
import { SaveDialog } from './save-dialog'
import classes from './segment-form.module.css'
import { DraftSizePanel } from './size-panel'

/** What a form begins with: a segment, a copy of one, a template, or nothing. */
export type Start = Pick<Segment, 'names' | 'purpose' | 'next_action' | 'golden' | 'condition'> &
  Partial<Pick<Segment, 'owner' | 'review_on'>> & {
    /** The id that a new segment gets, so that others may refer to it; made from the name when left out. */
    id?: string
  }

type SegmentFormProps = {
  title: string
  /** The segment that is changed; null for a new one. */
  editing: Segment | null
  start: Start
  /** Beside the empty condition: other ways to begin. */
  beginning?: ReactNode
  onSaved: (id: string) => void
  onCancel: () => void
}

/** Whoever makes a segment answers for it, until somebody else does; it is looked at again in a while. */
const useFirst = (editing: Segment | null, start: Start) => {
  const me = useMe()
  const today = useToday()
  return (): Filled => {
    const filled = filledFrom(start)
    if (editing) return filled
    return {
      ...filled,
      owner: filled.owner || (me?.name ?? ''),
      review_on: filled.review_on || monthsAfter(today, REVIEW_AFTER_MONTHS),
    }
  }
}

export const SegmentForm = ({ title, editing, start, beginning, onSaved, onCancel }: SegmentFormProps) => {
  const { t } = useTranslation()
  const vocabulary = useQuery(vocabularyQuery)
  const [writing, step] = useReducer(write, start.condition, startWriting)
  const [filled, setFilled] = useState(useFirst(editing, start))
  const [version, setVersion] = useState(editing?.version ?? 0)
  const [asked, setAsked] = useState(false)
  const [touched, setTouched] = useState(false)
  const [showsDiff, setShowsDiff] = useState(false)
  const [why, setWhy] = useState<string | undefined>()
  const condition = useMemo(() => toDraft(writing.root), [writing.root])
  const count = useLiveCount(condition, editing?.id ?? null)
  const known = count.state === 'known' && !count.old ? count.preview : null
  const sentences = useSentences(writing.root, known ?? undefined)
  const funnel = useFunnel(writing.root, known ?? undefined)
  const left = useRef(false)
  const save = useSave(editing?.id ?? null, (id) => {
    left.current = true
    onSaved(id)
  })
  const refusal = isRefused(save.error) ? save.error : null
  const faults = count.state === 'faulty' ? count.faults : refusal?.status === 422 && save.isError ? refusal.faults : []
  const nameless = !filled.names.ja.trim() && !filled.names.en.trim()
  const isChanged = 0 < writing.past.length

  const send = () =>
    save.mutate(
      { ...inputOf(filled, condition), ...(editing ? {} : { id: start.id ?? null }), version },
      { onSettled: () => setShowsDiff(false) },
    )
  /** A changed definition of a segment in use is looked at once more before it takes effect. */
  const ask = () => {
    setAsked(true)
    if (nameless || count.state === 'empty' || count.state === 'faulty') return
    if (editing && isChanged) setShowsDiff(true)
    else send()
  }
  useShortcuts({ 'mod+s': ask })
  const set = (part: Partial<Filled>) => {
    setTouched(true)
    setFilled((before) => ({ ...before, ...part }))
  }
  useKeepUnsaved(() => !left.current && (touched || isChanged))
  const sentence = count.state === 'known' ? count.preview.sentence : null

  return (
    <Page
      title={title}
      lead={
        sentence && (
          <p className={classes.sentence} data-sentence>
            {sentence}
          </p>
        )
      }
      actions={
        <>
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button onClick={ask} loading={save.isPending} aria-keyshortcuts="Control+S">
            {t('action.save')}
          </Button>
        </>
      }
    >
      {refusal?.status === 409 && editing && (
        <Conflict
          id={editing.id}
          mine={condition}
          message={refusal.message}
          onKeepMine={(current) => {
            setVersion(current)
            save.reset()
          }}
        />
      )}
      {refusal && refusal.status !== 409 && (
        <p role="alert" className={classes.refusal}>
          {refusal.status === 0 ? t('state.unreachable') : refusal.message}
        </p>
      )}
      <div className={classes.form}>
        <div className={classes.left}>
          <Panel title={t('builder.title')}>
            {vocabulary.data ? (
              <Builder
                writing={writing}
                step={step}
                sentences={sentences}
                vocabulary={vocabulary.data}
                faults={faults}
                funnel={funnel}
              />
            ) : vocabulary.error ? (
              <RefusedState
                error={vocabulary.error}
                what={t('builder.no_vocabulary')}
                onRetry={() => void vocabulary.refetch()}
              />
            ) : (
              <Waiting rows={3} label={t('state.loading')} />
            )}
            {count.state === 'empty' && beginning}
            {asked && count.state === 'empty' && (
              <p role="alert" className={classes.needed}>
                {t('builder.needs_one')}
              </p>
            )}
          </Panel>
          <Panel title={t('sizes.title')}>
            <DraftSizePanel condition={condition} segment={editing?.id ?? null} ready={known !== null} />
          </Panel>
          <Panel title={t('segments.about')}>
            <About filled={filled} set={set} missing={asked && nameless} />
          </Panel>
        </div>
        <LiveCount count={count} condition={condition} onWhy={setWhy} />
      </div>
      <WhyDrawer asked={{ condition }} customer={why} onClose={() => setWhy(undefined)} />
      {editing && (
        <SaveDialog
          segment={editing}
          preview={known}
          filled={filled}
          set={set}
          opened={showsDiff}
          saving={save.isPending}
          onSave={send}
          onClose={() => setShowsDiff(false)}
        />
      )}
    </Page>
  )
}

const useSave = (id: string | null, onSaved: (id: string) => void) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ version, ...input }: SegmentInput & { version: number }) =>
      id === null
        ? answer(client.POST('/api/v1/segments', { body: input }))
        : answer(client.PUT('/api/v1/segments/{id}', { params: { path: { id } }, body: { ...input, version } })),
    onSuccess: async (segment) => {
      notifications.show({ message: t('segments.saved', { name: segment.name }) })
      queries.setQueryData(segmentQuery(segment.id).queryKey, segment as Segment)
      await Promise.all(
        [
          ['segments'],
          ['vocabulary'],
          ['relations'],
          ['members', segment.id],
          ['versions', segment.id],
          ['sizes', segment.id],
        ].map((queryKey) => queries.invalidateQueries({ queryKey })),
      )
      onSaved(segment.id)
    },
  })
}

/** Asks before an unsaved segment is left, by a link or by closing the tab. */
const useKeepUnsaved = (isUnsaved: () => boolean) => {
  const { t } = useTranslation()
  useBlocker({
    shouldBlockFn: () => isUnsaved() && !window.confirm(t('segments.leave_unsaved')),
    enableBeforeUnload: isUnsaved,
  })
}
