/** How an offer can be changed to fit better: another price, other traits, or criteria that the change sees to. */
import { ActionIcon, Button, MultiSelect } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Fault, Names, Need, OfferDefinition } from '@/api/types'
import { UNNAMED } from '@/domain/names'
import { BothLanguages } from '@/ui/both-languages'
import classes from './offers.module.css'
import { RangeFields, TraitFields } from './trait-fields'

type Variant = NonNullable<OfferDefinition['variants']>[number]

type VariantFieldsProps = {
  variants: Variant[]
  offer: OfferDefinition
  needs: Need[]
  faults: Fault[]
  onChange: (variants: Variant[]) => void
}

export const VariantFields = ({ variants, offer, needs, faults, onChange }: VariantFieldsProps) => {
  const { t } = useTranslation()
  const set = (at: number, part: Partial<Variant>) =>
    onChange(variants.map((one, n) => (n === at ? { ...one, ...part } : one)))
  const nameOf = (name: Names, id: string) => name.ja || name.en || id
  const settled = [
    ...(offer.needs ?? []).map(({ need }) => ({
      value: `need:${need}`,
      label: needs.find(({ id }) => id === need)?.name ?? need,
    })),
    ...(offer.criteria ?? []).map(({ id, name }) => ({ value: id, label: nameOf(name, id) })),
  ]
  const said = (at: number, key: 'name' | 'change') => ({
    value: variants[at]?.[key],
    label: (language: 'ja' | 'en') => t(`offers.form.${key}_${language}`),
    onChange: (text: Names) => set(at, { [key]: text }),
  })
  return (
    <>
      <ol className={classes.parts}>
        {variants.map((variant, at) => (
          <li key={variant.id}>
            <div className={classes.fields}>
              <BothLanguages {...said(at, 'name')} />
              <BothLanguages {...said(at, 'change')} />
              <RangeFields
                from={t('offers.form.amount_from')}
                to={t('offers.form.amount_to')}
                range={variant.amount}
                onChange={(amount) => set(at, { amount })}
              />
              <MultiSelect
                label={t('offers.form.settles')}
                data={settled}
                value={variant.settles ?? []}
                onChange={(settles) => set(at, { settles })}
              />
            </div>
            <p className={classes.dim}>{t('offers.form.traits_of_variant')}</p>
            <TraitFields traits={variant.traits ?? {}} onChange={(traits) => set(at, { traits })} />
            <ActionIcon
              variant="subtle"
              aria-label={t('action.remove')}
              onClick={() => onChange(variants.filter((_, n) => n !== at))}
            >
              <IconTrash size={15} stroke={1.6} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {faults.map(({ path, message }) => (
        <p key={path + message} role="alert" className={classes.fault}>
          {path} {message}
        </p>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={15} stroke={1.6} />}
        onClick={() => onChange([...variants, { id: freeId(variants), name: UNNAMED, change: UNNAMED }])}
      >
        {t('offers.form.add_variant')}
      </Button>
    </>
  )
}

const freeId = (variants: Variant[]) => {
  for (let n = variants.length + 1; ; n += 1) {
    const id = `v${n}`
    if (variants.every((one) => one.id !== id)) return id
  }
}
