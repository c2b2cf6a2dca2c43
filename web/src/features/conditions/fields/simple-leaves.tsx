/** The forms of leaves that look at one attribute, one kind of event, or another segment. */
import { Select, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Draft, Vocabulary } from '@/api/types'
import {
  AMOUNT_OPERATORS,
  amountDraft,
  amountOf,
  COUNT_OPERATORS,
  isObject,
  MEASURES,
  needsProperty,
  windowOf,
  windowOfLast,
  withFilters,
  withOperator,
  without,
  withWindow,
  withWindowOfLast,
} from '@/domain/leaf-parts'
import classes from '../builder.module.css'
import type { FieldsProps } from '../leaf-editor'
import { Comparison, Filters } from './comparison'
import { AmountField, type Choice, SpanField, WindowField, WordField } from './parts'

export const eventChoices = (vocabulary: Vocabulary, anyEvent: string): Choice[] => [
  ...vocabulary.events.map(({ name, label }) => ({ value: name, label })),
  { value: '*', label: anyEvent },
]

export const EventFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const event = String(draft.event)
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={t('builder.event')}
          value={event}
          choices={eventChoices(vocabulary, t('builder.any_event'))}
          onChange={(next) => write({ ...without(draft, 'where'), event: next })}
        />
        <AmountField
          label={t('builder.times_happened')}
          operators={COUNT_OPERATORS}
          amount={amountOf(draft.count) ?? { operator: 'at_least', of: 1 }}
          onChange={(amount) => write({ ...draft, count: amountDraft(amount) })}
        />
        <WindowField
          label={t('builder.when')}
          window={windowOf(draft) ?? { kind: 'always' }}
          onChange={(window) => write(withWindow(draft, window))}
        />
      </div>
      <Filters
        label={t('builder.where')}
        event={event}
        value={draft.where}
        vocabulary={vocabulary}
        onChange={(filters) => write(withFilters(draft, 'where', filters))}
      />
    </>
  )
}

export const AttributeFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const known = vocabulary.attributes.find(({ key }) => key === draft.attribute)
  const choose = (attribute: string) => {
    const next = vocabulary.attributes.find(({ key }) => key === attribute)
    write(withOperator({ attribute }, next?.kind === 'date' ? 'day_in_next' : 'is', next?.samples[0] ?? ''))
  }
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={t('builder.attribute')}
          value={String(draft.attribute)}
          choices={vocabulary.attributes.map(({ key, label }) => ({ value: key, label }))}
          onChange={choose}
        />
        <Comparison
          draft={draft}
          known={known ?? { kind: 'text', samples: [] }}
          vocabulary={vocabulary}
          write={write}
        />
      </div>
      {'is' in draft && <Held draft={draft} write={write} />}
    </>
  )
}

const Held = ({ draft, write }: { draft: Draft; write: (draft: Draft) => void }) => {
  const { t } = useTranslation()
  const held = isObject(draft.held) ? draft.held : null
  const [operator, span] = Object.entries(held ?? {})[0] ?? ['no', '7d']
  const choose = (next: string | null) =>
    write(next === 'no' || next === null ? without(draft, 'held') : { ...draft, held: { [next]: span } })
  return (
    <div className={classes.fields}>
      <Select
        label={t('builder.held')}
        w={210}
        value={operator}
        data={(['no', 'at_least', 'less_than'] as const).map((each) => ({
          value: each,
          label: t(`builder.held_${each}`),
        }))}
        onChange={choose}
      />
      {held && (
        <SpanField
          hideLabel
          label={t('builder.length')}
          value={String(span)}
          onChange={(next) => write({ ...draft, held: { [operator]: next } })}
        />
      )}
    </div>
  )
}

export const MeasureFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const event = String(draft.event)
  const properties = vocabulary.events.find(({ name }) => name === event)?.properties ?? []
  const measure = String(draft.measure)
  const chooseMeasure = (next: string) => {
    const numeric = properties.find(({ kind }) => kind === 'number') ?? properties[0]
    const of = typeof draft.of === 'string' ? draft.of : (numeric?.key ?? '')
    write(needsProperty(next) ? { ...draft, measure: next, of } : { ...without(draft, 'of'), measure: next })
  }
  return (
    <>
      <div className={classes.fields}>
        <Select
          label={t('builder.measure_label')}
          w={150}
          value={measure}
          data={MEASURES.map((each) => ({ value: each, label: t(`builder.measure.${each}`) }))}
          onChange={(next) => next && chooseMeasure(next)}
        />
        {needsProperty(measure) && (
          <WordField
            free
            width={150}
            label={t('builder.of')}
            value={String(draft.of ?? '')}
            choices={properties.map(({ key, label }) => ({ value: key, label }))}
            onChange={(of) => write({ ...draft, of })}
          />
        )}
        <WordField
          free
          label={t('builder.event')}
          value={event}
          choices={eventChoices(vocabulary, t('builder.any_event'))}
          onChange={(next) => write({ ...without(draft, 'where'), event: next })}
        />
        <AmountField
          decimal
          label={t('builder.amount_label')}
          operators={AMOUNT_OPERATORS}
          amount={amountOf(draft.is) ?? { operator: 'at_least', of: 1 }}
          onChange={(amount) => write({ ...draft, is: amountDraft(amount) })}
        />
        <WindowField
          label={t('builder.when')}
          window={windowOf(draft) ?? { kind: 'always' }}
          onChange={(window) => write(withWindow(draft, window))}
        />
      </div>
      <Filters
        label={t('builder.where')}
        event={event}
        value={draft.where}
        vocabulary={vocabulary}
        onChange={(filters) => write(withFilters(draft, 'where', filters))}
      />
    </>
  )
}

/** What the answer is for those to whom it never happened. */
const IfNone = ({ draft, write }: Pick<FieldsProps, 'draft' | 'write'>) => {
  const { t } = useTranslation()
  return (
    <Switch
      mb={7}
      checked={draft.if_none === true}
      label={t('builder.if_none')}
      onChange={(event) => write(event.currentTarget.checked ? { ...draft, if_none: true } : without(draft, 'if_none'))}
    />
  )
}

/** The first of its kind: when it was, among which. */
export const FirstFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const event = String(draft.first)
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={t('builder.event')}
          value={event}
          choices={eventChoices(vocabulary, t('builder.any_event'))}
          onChange={(first) => write({ ...without(draft, 'where'), first })}
        />
        <WindowField
          label={t('builder.when')}
          window={windowOf(draft) ?? { kind: 'always' }}
          onChange={(window) => write(withWindow(draft, window))}
        />
        <IfNone draft={draft} write={write} />
      </div>
      <Filters
        label={t('builder.where')}
        event={event}
        value={draft.where}
        vocabulary={vocabulary}
        onChange={(filters) => write(withFilters(draft, 'where', filters))}
      />
    </>
  )
}

/** The last of its kind: when it was, and what it was like. */
export const LastFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const event = String(draft.last)
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={t('builder.event')}
          value={event}
          choices={eventChoices(vocabulary, t('builder.any_event'))}
          onChange={(last) => write({ ...without(draft, 'has'), last })}
        />
        <WindowField
          label={t('builder.when')}
          window={windowOfLast(draft) ?? { kind: 'always' }}
          onChange={(window) => write(withWindowOfLast(draft, window))}
        />
        <IfNone draft={draft} write={write} />
      </div>
      <Filters
        label={t('builder.has')}
        event={event}
        value={draft.has}
        vocabulary={vocabulary}
        onChange={(filters) => write(withFilters(draft, 'has', filters))}
      />
    </>
  )
}

/** Known to us for at least this long. */
export const KnownForFields = ({ draft, write }: FieldsProps) => {
  const { t } = useTranslation()
  return (
    <div className={classes.fields}>
      <SpanField
        label={t('builder.length')}
        value={String(draft.known_for)}
        onChange={(span) => write({ known_for: span })}
      />
    </div>
  )
}
