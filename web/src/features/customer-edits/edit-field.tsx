/** The one thing that is typed: a rep, a tag, a list, or an attribute and its value, with what is in use to choose from. */
import { Autocomplete, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { todayQuery, vocabularyQuery } from '@/api/query'
import type { Vocabulary } from '@/api/types'
import { useMay } from '@/features/session'
import type { Typed } from './edit-dialog'
import classes from './edits.module.css'

/** What no two customers have in common; the server refuses to give it to several. */
const OWN = ['name', 'name_kana', 'corporate_number', 'birthday', 'phone', 'email', 'website', 'address']
/** What is not set here: it has a way of its own. */
const ELSEWHERE = /^(score:|need:|tag:|list:|rep$)/

const STANDING = ['organisation', 'branch'] as const

type EditFieldProps = { typed: Typed; one: boolean; disabled: boolean; onTyped: (typed: Typed) => void }

export const EditField = ({ typed, one, disabled, onTyped }: EditFieldProps) => {
  const { t } = useTranslation()
  const seesSegments = useMay('see_segments')
  const vocabulary = useQuery({ ...vocabularyQuery, enabled: seesSegments }).data
  const known = useKnown(typed, vocabulary)
  const inUse = vocabulary?.attributes ?? []
  // What says to which firm a record belongs can be set before any record has it.
  const standing = STANDING.filter((key) => !inUse.some((each) => each.key === key))
  const attributes = [
    ...inUse.filter(({ key }) => !ELSEWHERE.test(key) && (one || !OWN.includes(key))),
    ...standing.map((key) => ({ key, label: t(`organisation.field.${key}`) })),
  ]
  const value = (
    <Autocomplete
      data-autofocus
      label={t(`edits.field.${typed.what}`)}
      placeholder={typed.what === 'set' ? t('edits.empty_clears') : undefined}
      value={typed.value}
      data={known}
      maxLength={typed.what === 'set' ? 1_000 : 50}
      disabled={disabled}
      onChange={(next) => onTyped({ ...typed, value: next })}
    />
  )
  if (typed.what !== 'set') return value
  return (
    <div className={classes.two}>
      <Select
        searchable
        label={t('edits.attribute')}
        value={typed.attribute || null}
        data={attributes.map(({ key, label }) => ({ value: key, label }))}
        nothingFoundMessage={t('edits.no_attribute')}
        disabled={disabled}
        onChange={(attribute) => onTyped({ ...typed, attribute: attribute ?? '', value: '' })}
      />
      {value}
    </div>
  )
}

/** Values in use, to choose from. */
const useKnown = ({ what, attribute }: Typed, vocabulary: Vocabulary | undefined): string[] => {
  const assigns = useMay('see_all_customers')
  const reps = useQuery({ ...todayQuery(undefined), enabled: assigns && what === 'rep' }).data?.reps ?? []
  const names = (prefix: string) =>
    (vocabulary?.attributes ?? [])
      .filter(({ key }) => key.startsWith(prefix))
      .map(({ key }) => key.slice(prefix.length))
  switch (what) {
    case 'rep':
      return reps.map(({ rep }) => rep)
    case 'tag':
    case 'untag':
      return names('tag:')
    case 'list':
    case 'unlist':
      return names('list:')
    case 'set':
      return [...new Set(vocabulary?.attributes.find(({ key }) => key === attribute)?.samples ?? [])]
  }
}
