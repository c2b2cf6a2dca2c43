/** The needs that an offer meets, each with how much it counts. */
import { ActionIcon, NumberInput, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Fault, Need } from '@/api/types'
import classes from './offers.module.css'

type Met = { need: string; weight: number }
type NeedsMetProps = { met: Met[]; needs: Need[]; faults: Fault[]; onChange: (met: Met[]) => void }

export const NeedsMet = ({ met, needs, faults, onChange }: NeedsMetProps) => {
  const { t } = useTranslation()
  const free = needs.filter(({ id, retired }) => !retired && met.every(({ need }) => need !== id))
  const nameOf = (id: string) => needs.find((need) => need.id === id)?.name ?? id
  return (
    <>
      {met.map(({ need, weight }, at) => (
        <div key={need} className={classes.line}>
          <span>{nameOf(need)}</span>
          <NumberInput
            className={classes.small}
            aria-label={t('offers.form.weight_of', { name: nameOf(need) })}
            min={1}
            max={100}
            allowDecimal={false}
            value={weight}
            onChange={(next) => onChange(met.map((one, n) => (n === at ? { ...one, weight: Number(next) || 0 } : one)))}
          />
          <ActionIcon
            variant="subtle"
            aria-label={t('action.remove')}
            onClick={() => onChange(met.filter((_, n) => n !== at))}
          >
            <IconTrash size={15} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {faults.map(({ path, message }) => (
        <p key={path + message} role="alert" className={classes.fault}>
          {message}
        </p>
      ))}
      {needs.length === 0 ? (
        <p className={classes.dim}>{t('offers.form.no_needs')}</p>
      ) : (
        <Select
          aria-label={t('offers.form.add_need')}
          placeholder={free.length === 0 ? t('offers.form.all_needs') : t('offers.form.add_need')}
          disabled={free.length === 0}
          value={null}
          data={free.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(need) => need && onChange([...met, { need, weight: 20 }])}
        />
      )}
    </>
  )
}
