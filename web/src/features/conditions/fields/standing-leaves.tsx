/** The forms of leaves that look at where a customer stands: in a segment, at a status, on a list, under a sign. */
import { NumberInput, Select, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/api/types'
import { SEGMENT_TIMES, STATUS_TESTS, type StatusTest, topicsOf } from '@/domain/leaf'
import {
  AMOUNT_OPERATORS,
  amountDraft,
  amountOf,
  COUNT_OPERATORS,
  isObject,
  windowDraft,
  windowOf,
  without,
  withWindow,
} from '@/domain/leaf-parts'
import classes from '../builder.module.css'
import type { FieldsProps } from '../leaf-editor'
import { namesUnder, useSigns } from '../new-words'
import { partOf } from './measured-leaves'
import { AmountField, SpanField, WindowField, WordField } from './parts'

const SEGMENT_ASKS = ['now', 'entered', 'left', 'held_at_least', 'held_less_than'] as const
type SegmentAsk = (typeof SEGMENT_ASKS)[number]

const askOf = (draft: Draft): SegmentAsk => {
  if (isObject(draft.held)) return 'less_than' in draft.held ? 'held_less_than' : 'held_at_least'
  return 'entered' in draft ? 'entered' : 'left' in draft ? 'left' : 'now'
}

export const SegmentFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const ask = askOf(draft)
  const held = String(Object.values(partOf(draft.held))[0] ?? '30d')
  const choose = (next: SegmentAsk) => {
    const plain = without(draft, ...SEGMENT_TIMES)
    if (next === 'now') return write(plain)
    if (next === 'entered' || next === 'left') return write({ ...plain, [next]: { last: '7d' } })
    write({ ...plain, held: { [next.slice('held_'.length)]: held } })
  }
  return (
    <div className={classes.fields}>
      <WordField
        width={260}
        label={t('builder.kind.segment')}
        value={String(draft.segment)}
        choices={vocabulary.segments.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(segment) => write({ ...draft, segment })}
      />
      <Select
        label={t('builder.segment_ask')}
        w={190}
        value={ask}
        data={SEGMENT_ASKS.map((each) => ({ value: each, label: t(`builder.segment_asks.${each}`) }))}
        onChange={(next) => next && choose(next as SegmentAsk)}
      />
      {(ask === 'entered' || ask === 'left') && (
        <WindowField
          label={t('builder.when')}
          without={['always']}
          window={windowOf(partOf(draft[ask])) ?? { kind: 'last', span: '7d' }}
          onChange={(window) => write({ ...draft, [ask]: windowDraft(window) })}
        />
      )}
      {(ask === 'held_at_least' || ask === 'held_less_than') && (
        <SpanField
          label={t('builder.length')}
          value={held}
          onChange={(span) => write({ ...draft, held: { [ask.slice('held_'.length)]: span } })}
        />
      )}
    </div>
  )
}

/** Values in an order, lowest first; what is asked is how the customer moved along it, or how far up it is. */
export const StatusFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const order = Array.isArray(draft.order) ? draft.order.map(String) : []
  const test: StatusTest = STATUS_TESTS.find((each) => each in draft) ?? 'rose'
  const samples = vocabulary.attributes.find(({ key }) => key === draft.status)?.samples ?? []
  const choose = (next: StatusTest) => {
    const plain = without(draft, ...STATUS_TESTS)
    write({ ...plain, [next]: next === 'rose' || next === 'fell' ? { last: '30d' } : (order[0] ?? '') })
  }
  const chooseAttribute = (status: string) => {
    const next = vocabulary.attributes.find(({ key }) => key === status)
    write({ ...draft, status, order: [...new Set(next?.samples ?? [])] })
  }
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={t('builder.attribute')}
          value={String(draft.status)}
          choices={vocabulary.attributes.map(({ key, label }) => ({ value: key, label }))}
          onChange={chooseAttribute}
        />
        <TagsInput
          label={t('builder.status_order')}
          w={340}
          data={[...new Set(samples)].filter((sample) => !order.includes(sample))}
          value={order}
          onChange={(next) => write({ ...draft, order: next })}
        />
      </div>
      <div className={classes.fields}>
        <Select
          label={t('builder.status_ask')}
          w={190}
          value={test}
          data={STATUS_TESTS.map((each) => ({ value: each, label: t(`builder.status_asks.${each}`) }))}
          onChange={(next) => next && choose(next as StatusTest)}
        />
        {test === 'rose' || test === 'fell' ? (
          <WindowField
            label={t('builder.when')}
            without={['always']}
            window={windowOf(partOf(draft[test])) ?? { kind: 'last', span: '30d' }}
            onChange={(window) => write({ ...draft, [test]: windowDraft(window) })}
          />
        ) : (
          <Select
            label={t('builder.value')}
            w={190}
            value={String(draft[test])}
            data={[...new Set(order)]}
            onChange={(next) => next && write({ ...draft, [test]: next })}
          />
        )}
      </div>
    </>
  )
}

export const ScoreFields = ({ draft, write }: FieldsProps) => {
  const { t } = useTranslation()
  const signs = useSigns()
  return (
    <div className={classes.fields}>
      <WordField
        free
        width={260}
        label={t('builder.score')}
        value={String(draft.score)}
        choices={signs.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(score) => write({ ...draft, score })}
      />
      <AmountField
        decimal
        label={t('sign.strength_title')}
        operators={AMOUNT_OPERATORS}
        amount={amountOf(draft.is) ?? { operator: 'at_least', of: 60 }}
        onChange={(amount) => write({ ...draft, is: amountDraft(amount) })}
      />
    </div>
  )
}

/** What was talked about: topics of the dictionary, found in reports and messages. */
export const MentionsFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const known = vocabulary.events
    .find(({ name }) => name === 'mentioned')
    ?.properties.find(({ key }) => key === 'topic')?.samples
  return (
    <div className={classes.fields}>
      <TagsInput
        label={t('builder.topics')}
        w={280}
        data={known ?? []}
        value={topicsOf(draft.mentions) ?? []}
        onChange={(topics) => write({ ...draft, mentions: topics.length === 1 ? (topics[0] ?? '') : topics })}
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
  )
}

/** A tag or a fixed list, by its name. */
export const NamedFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const head = 'tag' in draft ? 'tag' : 'list'
  return (
    <div className={classes.fields}>
      <WordField
        free
        width={260}
        label={t(`builder.kind.${head}`)}
        value={String(draft[head])}
        choices={namesUnder(`${head}:`, vocabulary).map((name) => ({ value: name, label: name }))}
        onChange={(name) => write({ [head]: name })}
      />
    </div>
  )
}

/** The same customers for as long as the name of the split stays, and no others share its draw. */
export const RandomFields = ({ draft, write }: FieldsProps) => {
  const { t } = useTranslation()
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={t('builder.salt')}
          value={String(draft.random)}
          choices={[]}
          onChange={(random) => write({ ...draft, random })}
        />
        <NumberInput
          label={t('builder.random_percent')}
          w={110}
          min={0}
          max={100}
          suffix=" %"
          value={Number(draft.percent)}
          onChange={(next) => next !== '' && write({ ...draft, percent: Number(next) })}
        />
        <NumberInput
          label={t('builder.random_from')}
          w={130}
          min={0}
          max={100}
          suffix=" %"
          placeholder="0 %"
          value={draft.from_percent === undefined ? '' : Number(draft.from_percent)}
          onChange={(next) =>
            write(next === '' ? without(draft, 'from_percent') : { ...draft, from_percent: Number(next) })
          }
        />
      </div>
      <p className={classes.unknown}>{t('builder.random_explained')}</p>
    </>
  )
}
