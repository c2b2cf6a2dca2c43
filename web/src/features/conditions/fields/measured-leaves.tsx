/** The forms of leaves that measure something: a habit, a share of one in another, a place among all. */
import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Draft, Json, Vocabulary } from '@/api/types'
import {
  AMOUNT_OPERATORS,
  amountDraft,
  amountOf,
  COUNT_OPERATORS,
  isObject,
  MEASURES,
  needsProperty,
  windowOf,
  withFilters,
  without,
  withWindow,
} from '@/domain/leaf-parts'
import classes from '../builder.module.css'
import type { FieldsProps } from '../leaf-editor'
import { Filters } from './comparison'
import { AmountField, SpanField, WindowField, WordField } from './parts'
import { eventChoices } from './simple-leaves'

export const partOf = (value: Json | undefined): Draft => (isObject(value) ? value : {})

type MeasuredProps = { part: Draft; vocabulary: Vocabulary; eventLabel: string; onChange: (part: Draft) => void }

/** How much of which event, and which of them count. */
export const MeasuredField = ({ part, vocabulary, eventLabel, onChange }: MeasuredProps) => {
  const { t } = useTranslation()
  const event = String(part.event)
  const measure = String(part.measure ?? 'count')
  const properties = vocabulary.events.find(({ name }) => name === event)?.properties ?? []
  const chooseMeasure = (next: string) => {
    if (!needsProperty(next)) return onChange({ ...without(part, 'of'), measure: next })
    const numeric = properties.find(({ kind }) => kind === 'number') ?? properties[0]
    onChange({ ...part, measure: next, of: part.of ?? numeric?.key ?? '' })
  }
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={eventLabel}
          value={event}
          choices={eventChoices(vocabulary, t('builder.any_event'))}
          onChange={(next) => onChange({ ...without(part, 'where'), event: next })}
        />
        <Select
          label={t('builder.measure_label')}
          w={140}
          value={measure}
          data={MEASURES.map((each) => ({ value: each, label: t(`builder.measure.${each}`) }))}
          onChange={(next) => next && chooseMeasure(next)}
        />
        {needsProperty(measure) && (
          <WordField
            free
            width={150}
            label={t('builder.of')}
            value={String(part.of ?? '')}
            choices={properties.map(({ key, label }) => ({ value: key, label }))}
            onChange={(of) => onChange({ ...part, of })}
          />
        )}
      </div>
      <Filters
        label={t('builder.where')}
        event={event}
        value={part.where}
        vocabulary={vocabulary}
        onChange={(filters) => onChange(withFilters(part, 'where', filters))}
      />
    </>
  )
}

export const RegularlyFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const event = String(draft.regularly)
  const periods = Number(draft.periods)
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={t('builder.event')}
          value={event}
          choices={eventChoices(vocabulary, t('builder.any_event'))}
          onChange={(next) => write({ ...without(draft, 'where'), regularly: next })}
        />
        <SpanField
          label={t('builder.every')}
          value={String(draft.every)}
          onChange={(every) => write({ ...draft, every })}
        />
        <NumberInput
          label={t('builder.periods')}
          w={110}
          min={1}
          max={520}
          allowDecimal={false}
          value={periods}
          onChange={(next) => 0 < Number(next) && write({ ...draft, periods: Number(next) })}
        />
        <NumberInput
          label={t('builder.in_at_least')}
          w={130}
          min={1}
          max={periods}
          allowDecimal={false}
          placeholder={t('builder.in_all')}
          value={draft.in_at_least === undefined ? '' : Number(draft.in_at_least)}
          onChange={(next) =>
            write(next === '' ? without(draft, 'in_at_least') : { ...draft, in_at_least: Number(next) })
          }
        />
        <AmountField
          label={t('builder.times_each')}
          operators={COUNT_OPERATORS}
          amount={amountOf(draft.count) ?? { operator: 'at_least', of: 1 }}
          onChange={(amount) => write({ ...draft, count: amountDraft(amount) })}
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

export const RatioFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  return (
    <>
      <MeasuredField
        eventLabel={t('builder.ratio_above')}
        part={partOf(draft.ratio)}
        vocabulary={vocabulary}
        onChange={(ratio) => write({ ...draft, ratio })}
      />
      <MeasuredField
        eventLabel={t('builder.ratio_below')}
        part={partOf(draft.over)}
        vocabulary={vocabulary}
        onChange={(over) => write({ ...draft, over })}
      />
      <div className={classes.fields}>
        <AmountField
          decimal
          suffix=" %"
          label={t('builder.ratio_is')}
          operators={AMOUNT_OPERATORS}
          amount={amountOf(draft.percent) ?? { operator: 'at_least', of: 50 }}
          onChange={(amount) => write({ ...draft, percent: amountDraft(amount) })}
        />
        <NumberInput
          label={t('builder.ratio_base')}
          w={150}
          min={0}
          value={draft.base_at_least === undefined ? '' : Number(draft.base_at_least)}
          onChange={(next) =>
            write(next === '' ? without(draft, 'base_at_least') : { ...draft, base_at_least: Number(next) })
          }
        />
        <WindowField
          label={t('builder.when')}
          window={windowOf(draft) ?? { kind: 'always' }}
          onChange={(window) => write(withWindow(draft, window))}
        />
      </div>
    </>
  )
}

const EVERYBODY = ''

export const RankFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const unit = draft.top === undefined ? 'top_percent' : 'top'
  return (
    <>
      <MeasuredField
        eventLabel={t('builder.rank_by')}
        part={partOf(draft.rank)}
        vocabulary={vocabulary}
        onChange={(rank) => write({ ...draft, rank })}
      />
      <div className={classes.fields}>
        <NumberInput
          label={t('builder.rank_top')}
          w={100}
          min={1}
          allowDecimal={unit === 'top_percent'}
          value={Number(draft[unit])}
          onChange={(next) => 0 < Number(next) && write({ ...draft, [unit]: Number(next) })}
        />
        <Select
          aria-label={t('builder.unit')}
          w={110}
          value={unit}
          data={[
            { value: 'top_percent', label: t('builder.rank_percent') },
            { value: 'top', label: t('builder.rank_number') },
          ]}
          onChange={(next) => next && write({ ...without(draft, 'top', 'top_percent'), [next]: Number(draft[unit]) })}
        />
        <WordField
          label={t('builder.rank_among')}
          value={String(draft.among ?? EVERYBODY)}
          choices={[
            { value: EVERYBODY, label: t('builder.rank_everybody') },
            ...vocabulary.segments.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(among) => write(among === EVERYBODY ? without(draft, 'among') : { ...draft, among })}
        />
        <WindowField
          label={t('builder.when')}
          window={windowOf(draft) ?? { kind: 'always' }}
          onChange={(window) => write(withWindow(draft, window))}
        />
      </div>
      <p className={classes.unknown}>{t('builder.rank_explained')}</p>
    </>
  )
}
