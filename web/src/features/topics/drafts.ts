/** Changes of a dictionary as it is written; what is not touched stays the same object. */
import type { DictionaryDraft, Rule } from '@/api/types'

export const lines = (texts: string[]) => texts.map((text) => text.trim()).filter(Boolean)

/** A rule with a name that none of these has. */
export const newRule = (known: Rule[]): Rule => {
  const names = new Set(known.map(({ id }) => id))
  let n = 1
  while (names.has(`rule-${n}`)) n += 1
  return { id: `rule-${n}`, find: [], when: [], despite: [], unless: [], yes: [], no: [] }
}

const inTopic = (draft: DictionaryDraft, topic: string, change: (rules: Rule[]) => Rule[]): DictionaryDraft => ({
  ...draft,
  topics: draft.topics.map((each) => (each.id === topic ? { ...each, rules: change(each.rules) } : each)),
})

/** The rule in place of the one of this name; at the end when there is none. */
export const withRule = (draft: DictionaryDraft, topic: string, id: string | null, rule: Rule): DictionaryDraft =>
  inTopic(draft, topic, (rules) =>
    rules.some((each) => each.id === id) ? rules.map((each) => (each.id === id ? rule : each)) : [...rules, rule],
  )

export const withoutRule = (draft: DictionaryDraft, topic: string, id: string): DictionaryDraft =>
  inTopic(draft, topic, (rules) => rules.filter((each) => each.id !== id))
