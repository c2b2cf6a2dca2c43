/** The fields that leaves share: a span, a window, an amount, a choice from the vocabulary. */
import { NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Amount,
  type AmountOperator,
  type Bound,
  CALENDARS,
  type Calendar,
  SPAN_UNITS,
  spanParts,
  type Window,
  type WindowKind,
} from '@/domain/leaf-parts'
import { matches } from '@/ui/search'

export type Choice = { value: string; label: string; aside?: string }

type WordFieldProps = {
  label: string
  value: string
  choices: Choice[]
  onChange: (value: string) => void
  /** What is typed may be taken as it is, such as `login*`. */
  free?: boolean
  width?: number
  hideLabel?: boolean
}

/** A word from the vocabulary, found by its name or its label, in any width or kana. */
export const WordField = ({
  label,
  value,
  choices,
  onChange,
  free = false,
  width = 220,
  hideLabel = false,
}: WordFieldProps) => {
  const [typed, setTyped] = useState('')
  const known = choices.some((choice) => choice.value === value)
  const shown = known || value === '' ? choices : [{ value, label: value }, ...choices]
  const mayAdd = free && typed !== '' && !shown.some((choice) => choice.value === typed || choice.label === typed)
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      w={width}
      searchable
      maxDropdownHeight={280}
      value={value}
      data={mayAdd ? [...shown, { value: typed, label: typed }] : shown}
      filter={({ options, search }) =>
        options.filter((option) => 'value' in option && matches(search, option.label, option.value))
      }
      onSearchChange={setTyped}
      onChange={(next) => next !== null && onChange(next)}
    />
  )
}

export const SpanField = ({
  label,
  value,
  onChange,
  hideLabel = false,
}: {
  label: string
  value: string
  onChange: (span: string) => void
  hideLabel?: boolean
}) => {
  const { t } = useTranslation()
  const { n, unit } = spanParts(value)
  return (
    <>
      <NumberInput
        {...(hideLabel ? { 'aria-label': label } : { label })}
        w={76}
        min={1}
        max={99_999}
        allowDecimal={false}
        allowNegative={false}
        value={n}
        onChange={(next) => Number(next) > 0 && onChange(`${Number(next)}${unit}`)}
      />
      <Select
        aria-label={t('builder.unit')}
        w={92}
        value={unit}
        data={SPAN_UNITS.map((each) => ({ value: each, label: t(`unit.${each}`) }))}
        onChange={(next) => next && onChange(`${n}${next}`)}
      />
    </>
  )
}

const WINDOW_KINDS: readonly WindowKind[] = [
  'last',
  'last_days',
  'last_months',
  'calendar',
  'ago',
  'older_than',
  'range',
  'since',
  'until',
  'always',
]

const startOf = (kind: WindowKind): Window => {
  switch (kind) {
    case 'always':
      return { kind }
    case 'last':
    case 'older_than':
      return { kind, span: '30d' }
    case 'ago':
      return { kind, from: '60d', to: '30d' }
    case 'calendar':
      return { kind, period: 'this_month' }
    case 'last_days':
      return { kind, n: 7 }
    case 'last_months':
      return { kind, n: 3 }
    case 'range': {
      const year = new Date().getFullYear()
      return { kind, from: `${year}-01-01`, to: `${year}-12-31` }
    }
    case 'since':
      return { kind, from: `${new Date().getFullYear()}-01-01` }
    case 'until':
      return { kind, to: `${new Date().getFullYear()}-12-31` }
  }
}

type WindowFieldProps = { label: string; window: Window; onChange: (window: Window) => void; without?: WindowKind[] }

export const WindowField = ({ label, window, onChange, without = [] }: WindowFieldProps) => {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={label}
        w={176}
        value={window.kind}
        data={WINDOW_KINDS.filter((kind) => !without.includes(kind)).map((kind) => ({
          value: kind,
          label: t(`builder.window.${kind}`),
        }))}
        onChange={(kind) => kind && onChange(startOf(kind as WindowKind))}
      />
      <WindowParts window={window} onChange={onChange} />
    </>
  )
}

const WindowParts = ({ window, onChange }: { window: Window; onChange: (window: Window) => void }) => {
  const { t } = useTranslation()
  switch (window.kind) {
    case 'always':
      return null
    case 'last':
    case 'older_than':
      return (
        <SpanField
          hideLabel
          label={t('builder.length')}
          value={window.span}
          onChange={(span) => onChange({ ...window, span })}
        />
      )
    case 'ago':
      return (
        <>
          <SpanField
            hideLabel
            label={t('builder.from')}
            value={window.from}
            onChange={(from) => onChange({ ...window, from })}
          />
          <SpanField
            hideLabel
            label={t('builder.to')}
            value={window.to}
            onChange={(to) => onChange({ ...window, to })}
          />
        </>
      )
    case 'calendar':
      return (
        <Select
          aria-label={t('builder.period')}
          w={150}
          value={window.period}
          data={CALENDARS.map((period) => ({ value: period, label: t(`calendar.${period}`) }))}
          onChange={(period) => period && onChange({ kind: 'calendar', period: period as Calendar })}
        />
      )
    case 'last_days':
    case 'last_months':
      return (
        <NumberInput
          aria-label={t('builder.length')}
          w={76}
          min={1}
          allowDecimal={false}
          value={window.n}
          onChange={(n) => Number(n) > 0 && onChange({ ...window, n: Number(n) })}
        />
      )
    case 'range':
      return (
        <>
          <DayField end="from" day={window.from} onChange={(from) => onChange({ ...window, from })} />
          <DayField end="to" day={window.to} onChange={(to) => onChange({ ...window, to })} />
        </>
      )
    case 'since':
      return <DayField end="from" day={window.from} onChange={(from) => onChange({ ...window, from })} />
    case 'until':
      return <DayField end="to" day={window.to} onChange={(to) => onChange({ ...window, to })} />
  }
}

const DayField = ({ end, day, onChange }: { end: 'from' | 'to'; day: string; onChange: (day: string) => void }) => {
  const { t } = useTranslation()
  return (
    <TextInput
      type="date"
      w={140}
      aria-label={t(`builder.${end}`)}
      value={day}
      onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
    />
  )
}

type AmountFieldProps = {
  label: string
  operators: readonly AmountOperator[]
  amount: Amount
  onChange: (amount: Amount) => void
  suffix?: string
  decimal?: boolean
  hideLabel?: boolean
}

export const AmountField = ({
  label,
  operators,
  amount,
  onChange,
  suffix = '',
  decimal = false,
  hideLabel = false,
}: AmountFieldProps) => {
  const { t } = useTranslation()
  const { operator, of } = amount
  const bounds: Bound[] = Array.isArray(of) ? of : [of]
  // Amounts stay decimals as text, counts stay numbers: each keeps the form it came in.
  const kept = (next: string | number, before: Bound | undefined): Bound =>
    typeof before === 'string' ? String(next) : Number(next)
  const turn = (next: AmountOperator) => {
    const [first = 1, second = first] = bounds
    onChange({ operator: next, of: next === 'between' ? [first, second] : first })
  }
  return (
    <>
      <Select
        {...(hideLabel ? { 'aria-label': label } : { label })}
        w={124}
        value={operator}
        data={operators.map((each) => ({ value: each, label: t(`builder.amount.${each}`) }))}
        onChange={(next) => next && turn(next as AmountOperator)}
      />
      {bounds.map((bound, at) => (
        <NumberInput
          // biome-ignore lint/suspicious/noArrayIndexKey: the two ends of a range have no other name
          key={at}
          aria-label={t(at === 0 ? 'builder.bound' : 'builder.upper_bound')}
          w={decimal ? 120 : 88}
          min={0}
          allowDecimal={decimal}
          thousandSeparator=","
          suffix={suffix}
          value={bound}
          onChange={(next) => {
            if (next === '') return
            const first = at === 0 ? kept(next, bound) : (bounds[0] ?? 0)
            const second = at === 1 ? kept(next, bound) : (bounds[1] ?? 0)
            onChange({ operator, of: Array.isArray(of) ? [first, second] : first })
          }}
        />
      ))}
    </>
  )
}
