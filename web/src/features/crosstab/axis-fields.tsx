/** One side of the table, chosen from what the workspace knows. */
import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { vocabularyQuery } from '@/api/query'
import type { Vocabulary } from '@/api/types'
import { AXIS_KINDS, type Axis, type AxisKind, edgesOf, type Shown, withEdges } from '@/domain/table'
import classes from './crosstab.module.css'

type AxisFieldsProps = { title: string; axis: Axis | null; optional?: boolean; onAxis: (axis: Axis | null) => void }

const DAYS = 365

/** A side of another kind, about the same events where it can be. */
const turned = (kind: AxisKind, axis: Axis | null, { events, attributes, segments }: Vocabulary): Axis => {
  const event =
    axis && 'event' in axis ? axis.event : (events.find(({ name }) => name === 'purchased') ?? events[0])?.name
  const days = axis && 'days' in axis ? axis.days : DAYS
  const name = event ?? 'purchased'
  switch (kind) {
    case 'recency':
      return { by: kind, event: name, edges: [] }
    case 'frequency':
      return { by: kind, event: name, days, edges: [] }
    case 'amount':
      return { by: kind, event: name, of: numberOf(name, { events } as Vocabulary), days, edges: [] }
    case 'attribute':
      return { by: kind, key: attributes[0]?.key ?? 'industry', values: [] }
    case 'segments':
      return { by: kind, ids: segments.slice(0, 2).map(({ id }) => id) }
  }
}

const numberOf = (event: string, { events }: Vocabulary) =>
  events.find(({ name }) => name === event)?.properties.find(({ kind }) => kind === 'number')?.key ?? 'amount'

export const AxisFields = ({ title, axis, optional = false, onAxis }: AxisFieldsProps) => {
  const { t } = useTranslation()
  const words = useQuery(vocabularyQuery).data
  if (!words) return null
  const kinds = AXIS_KINDS.map((kind) => ({ value: kind as string, label: t(`tables.by.${kind}`) }))
  return (
    <fieldset className={classes.axis}>
      <legend>{title}</legend>
      <Select
        size="xs"
        label={t('tables.measure')}
        allowDeselect={false}
        value={axis?.by ?? 'none'}
        data={optional ? [{ value: 'none', label: t('tables.by.none') }, ...kinds] : kinds}
        onChange={(kind) => onAxis(kind === 'none' || kind === null ? null : turned(kind as AxisKind, axis, words))}
      />
      {axis && <About key={axis.by} axis={axis} words={words} onAxis={onAxis} />}
      {axis && axis.by !== 'segments' && <Edges key={JSON.stringify(axis)} axis={axis} onAxis={onAxis} />}
    </fieldset>
  )
}

type AboutProps = { axis: Axis; words: Vocabulary; onAxis: (axis: Axis) => void }

const About = ({ axis, words, onAxis }: AboutProps) => {
  const { t } = useTranslation()
  if (axis.by === 'segments') {
    return (
      <MultiSelect
        size="xs"
        label={t('nav.segments')}
        searchable
        maxValues={12}
        value={axis.ids}
        data={words.segments.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(ids) => 0 < ids.length && onAxis({ ...axis, ids })}
      />
    )
  }
  if (axis.by === 'attribute') {
    return (
      <Choice
        label={t('tables.attribute')}
        value={axis.key}
        options={words.attributes.map(({ key, label }) => ({ value: key, label }))}
        onChange={(key) => onAxis({ by: 'attribute', key, values: [] })}
      />
    )
  }
  return (
    <>
      <Choice
        label={t('tables.event')}
        value={axis.event}
        options={words.events.map(({ name, label }) => ({ value: name, label }))}
        onChange={(event) =>
          onAxis(
            axis.by === 'amount'
              ? { ...axis, event, of: numberOf(event, words), edges: [] }
              : { ...axis, event, edges: [] },
          )
        }
      />
      {axis.by === 'amount' && (
        <Choice
          label={t('tables.property')}
          value={axis.of}
          options={(words.events.find(({ name }) => name === axis.event)?.properties ?? [])
            .filter(({ kind }) => kind === 'number')
            .map(({ key, label }) => ({ value: key, label }))}
          onChange={(of) => onAxis({ ...axis, of, edges: [] })}
        />
      )}
      {axis.by !== 'recency' && <Days days={axis.days} onDays={(days) => onAxis({ ...axis, days, edges: [] })} />}
    </>
  )
}

type ChoiceProps = {
  label: string
  value: string
  options: { value: string; label: string }[]
  onChange: (value: string) => void
}

const Choice = ({ label, value, options, onChange }: ChoiceProps) => (
  <Select
    size="xs"
    label={label}
    searchable
    allowDeselect={false}
    value={value}
    // A name of which there are no facts yet can stand in an address.
    data={options.some((option) => option.value === value) ? options : [...options, { value, label: value }]}
    onChange={(chosen) => chosen && onChange(chosen)}
  />
)

const Days = ({ days, onDays }: { days: number; onDays: (days: number) => void }) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<number | string>(days)
  const take = () => {
    const read = Number(typed)
    if (Number.isInteger(read) && 0 < read && read !== days) onDays(read)
  }
  return (
    <NumberInput
      size="xs"
      w={110}
      label={t('tables.days')}
      min={1}
      max={3660}
      value={typed}
      onChange={setTyped}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && take()}
    />
  )
}

/** Edges as text; empty asks for a proposal. Taken when the field is left or on Enter. */
const Edges = ({ axis, onAxis }: { axis: Axis; onAxis: (axis: Axis) => void }) => {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState(edgesOf(axis))
  const take = () => typed !== edgesOf(axis) && onAxis(withEdges(axis, typed))
  return (
    <TextInput
      id={id}
      size="xs"
      className={classes.edges}
      label={t(axis.by === 'attribute' ? 'tables.values' : 'tables.edges')}
      placeholder={t('tables.proposed')}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && take()}
    />
  )
}

type ShownFieldsProps = { shown: Shown | null; onShown: (shown: Shown | null) => void }

/** What stands beside the count. */
export const ShownFields = ({ shown, onShown }: ShownFieldsProps) => {
  const { t } = useTranslation()
  const words = useQuery(vocabularyQuery).data
  if (!words) return null
  const begin = (show: string | null): Shown | null => {
    const event = (words.events.find(({ name }) => name === 'purchased') ?? words.events[0])?.name ?? 'purchased'
    if (show === 'amount') return { show, event, of: numberOf(event, words), days: DAYS }
    const segment = words.segments[0]?.id
    return show === 'share' && segment ? { show, segment } : null
  }
  return (
    <fieldset className={classes.axis}>
      <legend>{t('tables.beside')}</legend>
      <Select
        size="xs"
        label={t('tables.measure')}
        allowDeselect={false}
        value={shown?.show ?? 'none'}
        data={['none', 'amount', 'share'].map((show) => ({ value: show, label: t(`tables.show.${show as 'none'}`) }))}
        onChange={(show) => onShown(begin(show))}
      />
      {shown?.show === 'share' && (
        <Choice
          label={t('tables.segment')}
          value={shown.segment}
          options={words.segments.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(segment) => onShown({ show: 'share', segment })}
        />
      )}
      {shown?.show === 'amount' && (
        <>
          <Choice
            label={t('tables.event')}
            value={shown.event}
            options={words.events.map(({ name, label }) => ({ value: name, label }))}
            onChange={(event) => onShown({ ...shown, event, of: numberOf(event, words) })}
          />
          <Choice
            label={t('tables.property')}
            value={shown.of}
            options={(words.events.find(({ name }) => name === shown.event)?.properties ?? [])
              .filter(({ kind }) => kind === 'number')
              .map(({ key, label }) => ({ value: key, label }))}
            onChange={(of) => onShown({ ...shown, of })}
          />
          <Days key={shown.days} days={shown.days} onDays={(days) => onShown({ ...shown, days })} />
        </>
      )}
    </fieldset>
  )
}
