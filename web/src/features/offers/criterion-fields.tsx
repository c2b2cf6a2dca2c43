/** What makes an offer fit: conditions, or attributes of the customer that must suit what the offer is like. */
import { ActionIcon, Autocomplete, Button, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft, Fault, OfferDefinition, Vocabulary } from '@/api/types'
import { UNNAMED } from '@/domain/names'
import { ConditionField } from '@/features/conditions'
import classes from './offers.module.css'

type Criterion = NonNullable<OfferDefinition['criteria']>[number]

const NOTHING = { all: [] } as unknown as Draft

type CriterionFieldsProps = {
  criteria: Criterion[]
  traits: string[]
  vocabulary: Vocabulary
  faultsAt: (place: string) => Fault[]
  open: string | null
  onOpen: (place: string) => void
  onChange: (criteria: Criterion[]) => void
}

/** A name that no other criterion has; proposals remember it, so it never changes. */
const freeId = (criteria: Criterion[]) => {
  for (let n = criteria.length + 1; ; n += 1) {
    const id = `c${n}`
    if (criteria.every((one) => one.id !== id)) return id
  }
}

export const CriterionFields = (props: CriterionFieldsProps) => {
  const { criteria, faultsAt, onOpen, onChange } = props
  const { t } = useTranslation()
  const add = (one: Pick<Criterion, 'condition' | 'pair'>) => {
    onOpen(`/criteria/${criteria.length}`)
    onChange([...criteria, { id: freeId(criteria), name: UNNAMED, arrange: UNNAMED, weight: 20, ...one }])
  }
  return (
    <>
      <ol className={classes.parts}>
        {criteria.map((one, at) => (
          <li key={one.id}>
            <CriterionField
              {...props}
              at={at}
              one={one}
              onSet={(next) => onChange(criteria.map((each, n) => (n === at ? next : each)))}
              onRemove={() => onChange(criteria.filter((_, n) => n !== at))}
            />
          </li>
        ))}
      </ol>
      {faultsAt('/criteria')
        .filter(({ path }) => path === '')
        .map(({ message }) => (
          <p key={message} role="alert" className={classes.fault}>
            {message}
          </p>
        ))}
      <div className={classes.rowActions}>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} stroke={1.6} />}
          onClick={() => add({ condition: NOTHING })}
        >
          {t('offers.form.add_condition')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} stroke={1.6} />}
          onClick={() => add({ pair: { attribute: '', trait: 'amount' } })}
        >
          {t('offers.form.add_pair')}
        </Button>
      </div>
    </>
  )
}

type CriterionFieldProps = CriterionFieldsProps & {
  at: number
  one: Criterion
  onSet: (one: Criterion) => void
  onRemove: () => void
}

const CriterionField = ({
  at,
  one,
  traits,
  vocabulary,
  faultsAt,
  open,
  onOpen,
  onSet,
  onRemove,
}: CriterionFieldProps) => {
  const { t } = useTranslation()
  const place = `/criteria/${at}`
  const text = (key: 'name' | 'arrange', language: 'ja' | 'en') => (
    <TextInput
      aria-label={t(`offers.form.${key}_${language}`)}
      placeholder={t(`offers.form.${key}_${language}`)}
      value={one[key]?.[language] ?? ''}
      onChange={(event) =>
        onSet({ ...one, [key]: { ...(one[key] ?? UNNAMED), [language]: event.currentTarget.value } })
      }
    />
  )
  return (
    <>
      <div className={classes.line}>
        <NumberInput
          className={classes.small}
          aria-label={t('sign.form.weight')}
          min={1}
          max={100}
          allowDecimal={false}
          value={one.weight}
          onChange={(weight) => onSet({ ...one, weight: Number(weight) || 0 })}
        />
        {text('name', 'ja')}
        {text('name', 'en')}
        <ActionIcon variant="subtle" aria-label={t('action.remove')} onClick={onRemove}>
          <IconTrash size={15} stroke={1.6} />
        </ActionIcon>
      </div>
      {one.pair ? (
        <div className={classes.line}>
          <Autocomplete
            label={t('offers.form.attribute')}
            value={one.pair.attribute}
            data={vocabulary.attributes.map(({ key }) => key)}
            onChange={(attribute) => onSet({ ...one, pair: { attribute, trait: one.pair?.trait ?? 'amount' } })}
          />
          <Select
            label={t('offers.form.suits')}
            value={one.pair.trait}
            allowDeselect={false}
            data={[
              { value: 'amount', label: t('offers.form.budget') },
              ...traits.map((trait) => ({ value: trait, label: trait })),
            ]}
            onChange={(trait) => trait && onSet({ ...one, pair: { attribute: one.pair?.attribute ?? '', trait } })}
          />
        </div>
      ) : (
        <ConditionField
          draft={one.condition ?? NOTHING}
          vocabulary={vocabulary}
          faults={faultsAt(`${place}/condition`)}
          open={open === place}
          onOpen={() => onOpen(place)}
          onChange={(condition) => onSet({ ...one, condition })}
        />
      )}
      <div className={classes.line}>
        {text('arrange', 'ja')}
        {text('arrange', 'en')}
      </div>
      {faultsAt(place)
        .filter(({ path }) => !path.startsWith('/condition'))
        .map(({ path, message }) => (
          <p key={path + message} role="alert" className={classes.fault}>
            {message}
          </p>
        ))}
    </>
  )
}
