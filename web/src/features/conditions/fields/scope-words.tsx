/** What stands before the conditions inside a scope: for which value, for how many of the people. */
import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Vocabulary } from '@/api/types'
import type { Scope, Step } from '@/domain/condition-tree'
import { isObject } from '@/domain/leaf-parts'
import { WordField } from './parts'
import { eventChoices } from './simple-leaves'

type ScopeWordsProps = { scope: Scope; step: (step: Step) => void; vocabulary: Vocabulary }

export const ScopeWords = (props: ScopeWordsProps) => {
  const { t } = useTranslation()
  switch (props.scope.head) {
    case 'some':
      return <SomeWords {...props} />
    case 'contacts':
      return <ContactsWords {...props} />
    case 'company':
      return <span>{t('builder.company')}</span>
  }
}

const EVERY_EVENT = ''

const SomeWords = ({ scope, step, vocabulary }: ScopeWordsProps) => {
  const { t } = useTranslation()
  const { some, of } = scope.words
  const among = typeof of === 'string' ? of : EVERY_EVENT
  const events = vocabulary.events.filter(({ name }) => among === EVERY_EVENT || name === among)
  const properties = new Map(events.flatMap((event) => event.properties.map(({ key, label }) => [key, label])))
  return (
    <>
      <span>{t('builder.some')}</span>
      <WordField
        free
        hideLabel
        width={150}
        label={t('builder.some_property')}
        value={String(some)}
        choices={[...properties].map(([value, label]) => ({ value, label }))}
        onChange={(property) => step({ type: 'set_words', id: scope.id, words: { ...scope.words, some: property } })}
      />
      <WordField
        free
        hideLabel
        width={170}
        label={t('builder.some_event')}
        value={among}
        choices={[
          { value: EVERY_EVENT, label: t('builder.some_any_event') },
          ...eventChoices(vocabulary, '').slice(0, -1),
        ]}
        onChange={(next) =>
          step({
            type: 'set_words',
            id: scope.id,
            words: { some: String(some), ...(next === EVERY_EVENT ? {} : { of: next }) },
          })
        }
      />
      <span>{t('builder.some_satisfies')}</span>
    </>
  )
}

const HOW_MANY = ['any', 'all', 'none', 'at_least'] as const

const ContactsWords = ({ scope, step }: ScopeWordsProps) => {
  const { t } = useTranslation()
  const { contacts } = scope.words
  const least = isObject(contacts) && typeof contacts.at_least === 'number' ? contacts.at_least : null
  const set = (next: Scope['words'][string]) => step({ type: 'set_words', id: scope.id, words: { contacts: next } })
  return (
    <>
      <span>{t('builder.contacts')}</span>
      <Select
        aria-label={t('builder.contacts_how_many')}
        w={150}
        value={least === null ? String(contacts) : 'at_least'}
        data={HOW_MANY.map((each) => ({ value: each, label: t(`builder.contacts_of.${each}`) }))}
        onChange={(next) => next && set(next === 'at_least' ? { at_least: 2 } : next)}
      />
      {least !== null && (
        <NumberInput
          aria-label={t('builder.bound')}
          w={72}
          min={1}
          allowDecimal={false}
          value={least}
          onChange={(next) => 0 < Number(next) && set({ at_least: Number(next) })}
        />
      )}
      <span>{t('builder.contacts_satisfy')}</span>
    </>
  )
}
