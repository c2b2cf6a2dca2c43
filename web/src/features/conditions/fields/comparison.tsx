/** Compares a value: the operator decides what stands on the right. */
import { ActionIcon, Autocomplete, Button, NumberInput, Select, TagsInput, TextInput, Tooltip } from '@mantine/core'
import { IconArrowsExchange, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft, Json, ValueKind, Vocabulary } from '@/api/types'
import {
  filtersOf,
  isObject,
  OPERATORS,
  type Operator,
  operandKind,
  operatorOf,
  otherSideOf,
  windowDraft,
  windowOf,
  withOperator,
} from '@/domain/leaf-parts'
import classes from '../builder.module.css'
import { SpanField, WindowField, WordField } from './parts'

type Known = { kind: ValueKind; samples: string[] }

const OPERATORS_OF: Record<ValueKind, readonly Operator[]> = {
  text: ['is', 'is_not', 'in', 'not_in', 'contains', 'does_not_contain', 'starts_with', 'ends_with', 'exists'],
  number: ['is', 'is_not', 'at_least', 'more_than', 'at_most', 'less_than', 'between', 'in', 'exists'],
  bool: ['is', 'is_not', 'exists'],
  date: ['day_is', 'day_in', 'day_in_next', 'month_is', 'anniversary_in', 'age', 'at_least', 'at_most', 'exists'],
}

type ComparisonProps = { draft: Draft; known: Known; vocabulary: Vocabulary; write: (draft: Draft) => void }

export const Comparison = ({ draft, known, vocabulary, write }: ComparisonProps) => {
  const { t } = useTranslation()
  const operator = operatorOf(draft) ?? 'exists'
  const fitting = OPERATORS_OF[known.kind]
  const offered = fitting.includes(operator) ? fitting : OPERATORS
  return (
    <>
      <Select
        label={t('builder.comparison')}
        w={156}
        value={operator}
        data={offered.map((each) => ({ value: each, label: t(`builder.operator.${each}`) }))}
        onChange={(next) => next && write(withOperator(draft, next as Operator, known.samples[0] ?? ''))}
      />
      <Operand
        operator={operator}
        value={draft[operator] ?? null}
        known={known}
        vocabulary={vocabulary}
        onChange={(value) => write({ ...draft, [operator]: value })}
      />
    </>
  )
}

type OperandProps = {
  operator: Operator
  value: Json
  known: Known
  vocabulary: Vocabulary
  onChange: (value: Json) => void
}

const Operand = (props: OperandProps) => {
  const { t } = useTranslation()
  const { operator, value, known, onChange } = props
  switch (operandKind(operator)) {
    case 'value':
    case 'amount':
      return <ValueOrAttribute {...props} />
    case 'text':
      return <ValueField known={{ ...known, kind: 'text' }} value={value} onChange={onChange} />
    case 'values':
      return (
        <TagsInput
          aria-label={t('builder.values')}
          w={260}
          data={known.samples}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(next) => onChange(known.kind === 'number' ? next.map(Number).filter(Number.isFinite) : next)}
        />
      )
    case 'pair': {
      const pair = Array.isArray(value) ? value : [0, 0]
      return [0, 1].map((at) => (
        <NumberInput
          key={at}
          aria-label={t(at === 0 ? 'builder.bound' : 'builder.upper_bound')}
          w={104}
          value={Number(pair[at])}
          onChange={(next) => onChange(pair.with(at, typeof pair[at] === 'string' ? String(next) : Number(next)))}
        />
      ))
    }
    case 'yes_no':
      return null
    case 'day':
      return (
        <Select
          aria-label={t('builder.value')}
          w={110}
          value={String(value)}
          data={(['today', 'yesterday', 'tomorrow'] as const).map((day) => ({ value: day, label: t(`day.${day}`) }))}
          onChange={onChange}
        />
      )
    case 'window':
      return (
        <WindowField
          label={t('builder.when')}
          window={(isObject(value) && windowOf(value)) || { kind: 'last', span: '30d' }}
          without={['always']}
          onChange={(window) => onChange(windowDraft(window))}
        />
      )
    case 'span':
      return <SpanField hideLabel label={t('builder.length')} value={String(value)} onChange={onChange} />
    case 'month':
      return (
        <Select
          aria-label={t('builder.value')}
          w={110}
          value={String(value)}
          data={[
            { value: 'this', label: t('calendar.this_month') },
            { value: 'next', label: t('calendar.next_month') },
            ...Array.from({ length: 12 }, (_, at) => ({
              value: String(at + 1),
              label: t('calendar.month', { n: at + 1 }),
            })),
          ]}
          onChange={(next) => onChange(next === 'this' || next === 'next' ? next : Number(next))}
        />
      )
    case 'days':
      return (
        <NumberInput
          aria-label={t('builder.length')}
          w={110}
          min={0}
          max={366}
          allowDecimal={false}
          suffix={t('builder.days_suffix')}
          value={Number(value)}
          onChange={(next) => next !== '' && onChange(Number(next))}
        />
      )
    case 'age': {
      const age = isObject(value) ? value : {}
      return (['at_least', 'at_most'] as const).map((end) => (
        <NumberInput
          key={end}
          aria-label={t(`builder.age.${end}`)}
          placeholder={t(`builder.age.${end}`)}
          w={92}
          min={0}
          value={typeof age[end] === 'number' ? age[end] : ''}
          onChange={(next) => {
            const { [end]: _, ...rest } = age
            onChange(next === '' ? rest : { ...rest, [end]: Number(next) })
          }}
        />
      ))
    }
  }
}

/** The right side is a value, or another attribute times a factor: usage against 80 % of the limit. */
const ValueOrAttribute = ({ value, known, vocabulary, onChange }: OperandProps) => {
  const { t } = useTranslation()
  const other = otherSideOf(value)
  const first = vocabulary.attributes[0]?.key
  return (
    <>
      {other ? (
        <>
          <WordField
            hideLabel
            label={t('builder.other_attribute')}
            value={other.attribute}
            choices={vocabulary.attributes.map(({ key, label }) => ({ value: key, label }))}
            onChange={(attribute) => onChange({ ...other, attribute })}
          />
          <NumberInput
            aria-label={t('builder.times')}
            w={88}
            prefix="× "
            step={0.1}
            value={other.times ?? 1}
            onChange={(times) => onChange({ attribute: other.attribute, times: String(times) })}
          />
        </>
      ) : (
        <ValueField known={known} value={value} onChange={onChange} />
      )}
      {first && (
        <Tooltip label={t(other ? 'builder.use_value' : 'builder.use_attribute')}>
          <ActionIcon
            size={30}
            aria-label={t(other ? 'builder.use_value' : 'builder.use_attribute')}
            onClick={() => onChange(other ? (known.kind === 'number' ? 0 : '') : { attribute: first })}
          >
            <IconArrowsExchange size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  )
}

const ValueField = ({ known, value, onChange }: { known: Known; value: Json; onChange: (value: Json) => void }) => {
  const { t } = useTranslation()
  const label = t('builder.value')
  switch (known.kind) {
    case 'number':
      return (
        <NumberInput
          aria-label={label}
          w={130}
          thousandSeparator=","
          value={value === null || value === '' ? '' : Number(value)}
          onChange={(next) => next !== '' && onChange(typeof value === 'string' ? String(next) : Number(next))}
        />
      )
    case 'bool':
      return (
        <Select
          aria-label={label}
          w={100}
          value={String(value)}
          data={[
            { value: 'true', label: t('builder.yes') },
            { value: 'false', label: t('builder.no') },
          ]}
          onChange={(next) => onChange(next === 'true')}
        />
      )
    case 'date':
      return (
        <TextInput
          type="date"
          aria-label={label}
          w={150}
          value={String(value ?? '')}
          onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
        />
      )
    case 'text':
      return (
        <Autocomplete
          aria-label={label}
          w={190}
          data={[...new Set(known.samples)]}
          value={String(value ?? '')}
          onChange={(next) => onChange(next)}
        />
      )
  }
}

const TEXT: Known = { kind: 'text', samples: [] }

type FiltersProps = {
  label: string
  event: string
  value: Json | undefined
  vocabulary: Vocabulary
  onChange: (filters: Draft[]) => void
}

/** Which of the events count: each row compares one of their properties. */
export const Filters = ({ label, event, value, vocabulary, onChange }: FiltersProps) => {
  const { t } = useTranslation()
  const properties = vocabulary.events.find(({ name }) => name === event)?.properties ?? []
  const filters = filtersOf(value)
  return (
    <div className={classes.list}>
      {filters.map((filter, at) => {
        const property = properties.find(({ key }) => key === filter.property)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: filters have no identity; two may be alike
          <div key={at} className={classes.fields}>
            <WordField
              free
              label={label}
              value={String(filter.property)}
              choices={properties.map((each) => ({ value: each.key, label: each.label }))}
              onChange={(next) => onChange(filters.with(at, { ...filter, property: next }))}
            />
            <Comparison
              draft={filter}
              known={property ?? TEXT}
              vocabulary={vocabulary}
              write={(next) => onChange(filters.with(at, next))}
            />
            <ActionIcon
              size={30}
              aria-label={t('builder.remove_filter')}
              onClick={() => onChange(filters.toSpliced(at, 1))}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
        )
      })}
      <div>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} stroke={1.8} />}
          onClick={() => {
            const first = properties[0]
            onChange([...filters, { property: first?.key ?? '', is: first?.samples[0] ?? '' }])
          }}
        >
          {label}
        </Button>
      </div>
    </div>
  )
}
