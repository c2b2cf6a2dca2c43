/** What an offer is like, by names of one's own: some values, or a range of numbers. */
import { ActionIcon, Button, NumberInput, TagsInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OfferDefinition, Range } from '@/api/types'
import classes from './offers.module.css'

type Traits = NonNullable<OfferDefinition['traits']>

type RangeFieldsProps = {
  from: string
  to: string
  range: Range | undefined
  onChange: (range: Range) => void
}

export const RangeFields = ({ from, to, range, onChange }: RangeFieldsProps) => {
  const { from: low, to: high } = range ?? {}
  const put = (key: 'from' | 'to', value: string | number) => {
    const { [key]: _, ...rest } = range ?? {}
    onChange(value === '' ? rest : { ...rest, [key]: String(value) })
  }
  return (
    <>
      <NumberInput label={from} min={0} value={low ?? ''} onChange={(value) => put('from', value)} />
      <NumberInput label={to} min={0} value={high ?? ''} onChange={(value) => put('to', value)} />
    </>
  )
}

type TraitFieldsProps = { traits: Traits; onChange: (traits: Traits) => void }

export const TraitFields = ({ traits, onChange }: TraitFieldsProps) => {
  const { t } = useTranslation()
  const entries = Object.entries(traits)
  const put = (at: number, name: string, value: Traits[string]) =>
    onChange(Object.fromEntries(entries.map((entry, n) => (n === at ? [name, value] : entry))))
  const free = (wanted: string) => {
    let n = entries.length + 1
    while (`${wanted}${n}` in traits) n += 1
    return `${wanted}${n}`
  }
  return (
    <>
      {entries.map(([name, value], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being typed
        <div key={at} className={classes.line}>
          <TextInput
            label={t('offers.form.trait')}
            value={name}
            onChange={(event) => {
              // Two traits of one name would be one.
              const next = event.currentTarget.value
              if (next === name || !(next in traits)) put(at, next, value)
            }}
          />
          {'one_of' in value ? (
            <TagsInput
              label={t('offers.form.one_of')}
              value={value.one_of.map(String)}
              onChange={(one_of) => put(at, name, { one_of })}
            />
          ) : (
            <RangeFields
              from={t('offers.form.from')}
              to={t('offers.form.to')}
              range={value}
              onChange={(range) => put(at, name, range)}
            />
          )}
          <ActionIcon
            variant="subtle"
            aria-label={t('action.remove')}
            onClick={() => onChange(Object.fromEntries(entries.filter((_, n) => n !== at)))}
          >
            <IconTrash size={15} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <div className={classes.rowActions}>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} stroke={1.6} />}
          onClick={() => onChange({ ...traits, [free('trait')]: { one_of: [] } })}
        >
          {t('offers.form.add_values')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} stroke={1.6} />}
          onClick={() => onChange({ ...traits, [free('trait')]: { from: '0' } })}
        >
          {t('offers.form.add_range')}
        </Button>
      </div>
    </>
  )
}
