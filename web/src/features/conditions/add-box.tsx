/** One box to add from: kinds of conditions, what the workspace knows, and whole phrases, found in kanji, kana or Latin letters. */
import { Button, Combobox, useCombobox } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type Dispatch, memo, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, Vocabulary } from '@/api/types'
import type { Step } from '@/domain/condition-tree'
import { describe } from '@/domain/describe'
import { LEAF_KINDS, newLeaf } from '@/domain/leaf'
import { useLanguage } from '@/features/session'
import { matches } from '@/ui/search'
import classes from './add-box.module.css'
import { useNewWords } from './new-words'
import { conditionIn } from './phrase'
import { useLabels } from './sentences'

type AddBoxProps = {
  parent: string
  label: string
  /** What the button says. */
  word: string
  step: Dispatch<Step>
  vocabulary: Vocabulary
}

export const AddBox = memo(({ parent, label, word, step, vocabulary }: AddBoxProps) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const composing = useRef(false)
  const [query, setQuery] = useState('')
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption()
      setText('')
      setQuery('')
    },
    onDropdownOpen: () => box.focusSearchInput(),
  })
  const choose = (next: Step) => {
    box.closeDropdown()
    step(next)
  }
  return (
    <Combobox
      store={box}
      width={380}
      position="bottom-start"
      shadow="md"
      withinPortal
      onOptionSubmit={(chosen) => choose(JSON.parse(chosen) as Step)}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          data-add={parent}
          className={classes.add}
          variant="light"
          leftSection={<IconPlus size={15} stroke={1.8} />}
          aria-label={label}
          aria-haspopup="listbox"
          aria-expanded={box.dropdownOpened}
          onClick={() => box.toggleDropdown()}
        >
          {word}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={text}
          placeholder={t('builder.add_search')}
          aria-label={t('builder.add_search')}
          onChange={(event) => {
            setText(event.currentTarget.value)
            if (!composing.current) {
              setQuery(event.currentTarget.value.trim())
              box.updateSelectedOptionIndex()
            }
          }}
          onCompositionStart={() => {
            composing.current = true
          }}
          onCompositionEnd={(event) => {
            composing.current = false
            setQuery(event.currentTarget.value.trim())
          }}
        />
        {box.dropdownOpened && <Offered parent={parent} query={query} vocabulary={vocabulary} />}
      </Combobox.Dropdown>
    </Combobox>
  )
})
AddBox.displayName = 'AddBox'

type Offer = { key: string; label: string; aside?: string; step: Step }
type OfferGroup = { label: string; offers: Offer[] }

const Offered = ({ parent, query, vocabulary }: { parent: string; query: string; vocabulary: Vocabulary }) => {
  const { t } = useTranslation()
  const groups = useOffers(parent, query, vocabulary).filter(({ offers }) => 0 < offers.length)
  return (
    <Combobox.Options mah={360} className={classes.options} tabIndex={0} aria-label={t('builder.add_condition')}>
      {groups.map((group) => (
        <Combobox.Group key={group.label} label={group.label}>
          {group.offers.map((offer) => (
            <Combobox.Option key={offer.key} value={JSON.stringify(offer.step)}>
              <span className={classes.label}>{offer.label}</span>
              {offer.aside && <span className={classes.aside}>{offer.aside}</span>}
            </Combobox.Option>
          ))}
        </Combobox.Group>
      ))}
      {groups.length === 0 && <Combobox.Empty>{t('builder.add_none', { query })}</Combobox.Empty>}
    </Combobox.Options>
  )
}

const MOST_WORDS = 8

const useOffers = (parent: string, query: string, vocabulary: Vocabulary): OfferGroup[] => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const labels = useLabels()
  const newWords = useNewWords(vocabulary)
  return useMemo(() => {
    const words = newWords()
    const leaf = (key: string, label: string, draft: Draft, aside?: string): Offer => ({
      key,
      label,
      ...(aside ? { aside } : {}),
      step: { type: 'add', parent, draft },
    })
    const kinds = LEAF_KINDS.map((kind) =>
      leaf(`kind-${kind}`, t(`builder.kind.${kind}`), newLeaf(kind, words), t(`builder.kind_help.${kind}`)),
    )
    const groups: Offer[] = [
      { key: 'any', label: t('builder.add_any'), step: { type: 'add_group', parent, head: 'any' } },
      { key: 'all', label: t('builder.add_all'), step: { type: 'add_group', parent, head: 'all' } },
      {
        key: 'points',
        label: t('builder.add_points'),
        aside: t('builder.add_points_help'),
        step: { type: 'add_points', parent },
      },
      {
        key: 'contacts',
        label: t('builder.add_contacts'),
        aside: t('builder.add_contacts_help'),
        step: { type: 'add_scope', parent, head: 'contacts', words: { contacts: 'any' } },
      },
      {
        key: 'some',
        label: t('builder.add_some'),
        aside: t('builder.add_some_help'),
        step: { type: 'add_scope', parent, head: 'some', words: { some: words.property || 'product' } },
      },
    ]
    const fits = ({ label, aside, key }: Offer) => matches(query, label, aside, key)
    if (query === '') {
      return [
        { label: t('builder.offers.kinds'), offers: kinds },
        { label: t('builder.offers.groups'), offers: groups },
      ]
    }
    const phrase = conditionIn(query, vocabulary)
    const events = vocabulary.events
      .filter(({ name, label }) => matches(query, label, name))
      .slice(0, MOST_WORDS)
      .map(({ name, label }) => leaf(`event-${name}`, label, { ...newLeaf('event', words), event: name }, name))
    const attributes = vocabulary.attributes
      .filter(({ key, label }) => matches(query, label, key))
      .slice(0, MOST_WORDS)
      .map(({ key, label, kind, samples }) =>
        leaf(
          `attribute-${key}`,
          label,
          kind === 'text' && samples[0] !== undefined
            ? { attribute: key, is: samples[0] }
            : { attribute: key, exists: true },
          key,
        ),
      )
    const segments = vocabulary.segments
      .filter(({ id, name }) => matches(query, name, id))
      .slice(0, MOST_WORDS)
      .map(({ id, name }) => leaf(`segment-${id}`, name, { segment: id }))
    return [
      {
        label: t('builder.offers.phrase'),
        offers: phrase ? [leaf('phrase', describe(phrase, false, language, labels), phrase)] : [],
      },
      { label: t('builder.offers.kinds'), offers: kinds.filter(fits) },
      { label: t('builder.offers.events'), offers: events },
      { label: t('builder.offers.attributes'), offers: attributes },
      { label: t('builder.offers.segments'), offers: segments },
      { label: t('builder.offers.groups'), offers: groups.filter(fits) },
    ]
  }, [parent, query, vocabulary, newWords, language, labels, t])
}
