/** What a segment is called and for, who answers for it, and when it is looked at again. */
import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Golden, Names, Segment, SegmentInput } from '@/api/types'
import { type Care, CareFields } from './care-fields'
import { GOLDEN } from './golden'
import classes from './segment-form.module.css'

/** The form's own shape; it becomes the server's on saving. */
export type Filled = Care & { names: Names; purpose: string; next_action: string; golden: Golden | '' }

type Said = Pick<Segment, 'names' | 'purpose' | 'next_action' | 'golden'> &
  Partial<Pick<Segment, 'owner' | 'review_on'>>

export const filledFrom = ({ names, purpose, next_action, golden, owner, review_on }: Said): Filled => ({
  names,
  purpose: purpose ?? '',
  next_action: next_action ?? '',
  golden: golden ?? '',
  owner: owner ?? '',
  review_on: review_on ?? '',
})

export const inputOf = (filled: Filled, condition: SegmentInput['condition']): SegmentInput => {
  const { ja, en } = filled.names
  return {
    // Someone who writes one language only still gets a name in both.
    names: { ja: ja.trim() || en.trim(), en: en.trim() || ja.trim() },
    purpose: filled.purpose.trim() || null,
    next_action: filled.next_action.trim() || null,
    golden: filled.golden || null,
    owner: filled.owner.trim() || null,
    review_on: filled.review_on || null,
    condition,
  }
}

const NONE = 'none'

type AboutProps = { filled: Filled; set: (part: Partial<Filled>) => void; missing: boolean }

export const About = ({ filled, set, missing }: AboutProps) => {
  const { t } = useTranslation()
  return (
    <div className={classes.about}>
      {(['ja', 'en'] as const).map((language) => (
        <TextInput
          key={language}
          label={t(`segments.name_${language}`)}
          value={filled.names[language]}
          error={missing && language === 'ja' && t('segments.name_needed')}
          onChange={(event) => set({ names: { ...filled.names, [language]: event.currentTarget.value } })}
        />
      ))}
      <Purpose filled={filled} set={set} />
      <TextInput
        label={t('segments.next_action')}
        placeholder={t('segments.next_action_placeholder')}
        value={filled.next_action}
        onChange={(event) => set({ next_action: event.currentTarget.value })}
      />
      <Select
        label={t('segments.golden')}
        value={filled.golden || NONE}
        data={[
          { value: NONE, label: t('golden.none') },
          ...GOLDEN.map((each) => ({ value: each, label: t(`golden.${each}`) })),
        ]}
        onChange={(next) => set({ golden: next === NONE || next === null ? '' : (next as Golden) })}
      />
      <CareFields owner={filled.owner} review_on={filled.review_on} set={set} />
    </div>
  )
}

export const Purpose = ({ filled, set }: Omit<AboutProps, 'missing'>) => {
  const { t } = useTranslation()
  return (
    <TextInput
      label={t('segments.purpose')}
      placeholder={t('segments.purpose_placeholder')}
      value={filled.purpose}
      onChange={(event) => set({ purpose: event.currentTarget.value })}
    />
  )
}
