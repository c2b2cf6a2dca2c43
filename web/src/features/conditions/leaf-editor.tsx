/** The form of one leaf. A leaf with a part that has no field here is edited as text, so that nothing is lost. */
import { Button, Select, Switch, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, Vocabulary } from '@/api/types'
import type { Leaf, Step } from '@/domain/condition-tree'
import { kindOf, LEAF_KINDS, type LeafKind, newLeaf, understands } from '@/domain/leaf'
import classes from './builder.module.css'
import { RankFields, RatioFields, RegularlyFields } from './fields/measured-leaves'
import {
  AttributeFields,
  EventFields,
  FirstFields,
  KnownForFields,
  LastFields,
  MeasureFields,
} from './fields/simple-leaves'
import {
  MentionsFields,
  NamedFields,
  RandomFields,
  ScoreFields,
  SegmentFields,
  StatusFields,
} from './fields/standing-leaves'
import { RhythmFields, SequenceFields, TrendFields } from './fields/time-leaves'
import { useNewWords } from './new-words'

type LeafEditorProps = { leaf: Leaf; step: (step: Step) => void; vocabulary: Vocabulary }

export const LeafEditor = ({ leaf, step, vocabulary }: LeafEditorProps) => {
  const { t } = useTranslation()
  const { draft } = leaf
  const kind = kindOf(draft)
  const write = (next: Draft) => step({ type: 'write', id: leaf.id, draft: next })
  const newWords = useNewWords(vocabulary)
  const turnInto = (next: LeafKind) => {
    const words = newWords()
    write(newLeaf(next, { ...words, event: eventOf(draft) ?? words.event }))
  }
  return (
    <div className={classes.editor}>
      <div className={classes.fields}>
        <Select
          label={t('builder.kind_label')}
          w={210}
          value={kind}
          data={LEAF_KINDS.map((each) => ({ value: each, label: t(`builder.kind.${each}`) }))}
          onChange={(next) => next && next !== kind && turnInto(next as LeafKind)}
        />
        <Switch
          mb={7}
          checked={leaf.not}
          label={t('builder.turn_around')}
          onChange={() => step({ type: 'negate', id: leaf.id })}
        />
      </div>
      {understands(draft) ? (
        <Fields draft={draft} write={write} vocabulary={vocabulary} />
      ) : (
        <AsText draft={draft} write={write} />
      )}
      <div>
        <Button variant="default" size="compact-sm" onClick={() => step({ type: 'open', id: null })}>
          {t('builder.done')}
        </Button>
      </div>
    </div>
  )
}

const eventOf = (draft: Draft): string | undefined =>
  [draft.event, draft.first, draft.last, draft.rhythm, draft.regularly].find((name) => typeof name === 'string')

export type FieldsProps = { draft: Draft; write: (draft: Draft) => void; vocabulary: Vocabulary }

const Fields = (props: FieldsProps) => {
  switch (kindOf(props.draft)) {
    case 'event':
      return <EventFields {...props} />
    case 'attribute':
      return <AttributeFields {...props} />
    case 'measure':
      return <MeasureFields {...props} />
    case 'first':
      return <FirstFields {...props} />
    case 'last':
      return <LastFields {...props} />
    case 'known_for':
      return <KnownForFields {...props} />
    case 'trend':
      return <TrendFields {...props} />
    case 'rhythm':
      return <RhythmFields {...props} />
    case 'sequence':
      return <SequenceFields {...props} />
    case 'segment':
      return <SegmentFields {...props} />
    case 'regularly':
      return <RegularlyFields {...props} />
    case 'ratio':
      return <RatioFields {...props} />
    case 'rank':
      return <RankFields {...props} />
    case 'status':
      return <StatusFields {...props} />
    case 'score':
      return <ScoreFields {...props} />
    case 'mentions':
      return <MentionsFields {...props} />
    case 'tag':
    case 'list':
      return <NamedFields {...props} />
    case 'random':
      return <RandomFields {...props} />
    case null:
      return null
  }
}

const AsText = ({ draft, write }: { draft: Draft; write: (draft: Draft) => void }) => {
  const { t } = useTranslation()
  const [text, setText] = useState(() => JSON.stringify(draft, null, 2))
  const [broken, setBroken] = useState(false)
  const edit = (next: string) => {
    setText(next)
    try {
      const read: unknown = JSON.parse(next)
      const isLeaf = typeof read === 'object' && read !== null && !Array.isArray(read)
      setBroken(!isLeaf)
      if (isLeaf) write(read as Draft)
    } catch {
      setBroken(true)
    }
  }
  return (
    <>
      <p className={classes.unknown}>{t('builder.as_text')}</p>
      <Textarea
        aria-label={t('builder.as_text_label')}
        autosize
        minRows={3}
        maxRows={16}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={text}
        error={broken && t('builder.not_json')}
        onChange={(event) => edit(event.currentTarget.value)}
      />
    </>
  )
}
