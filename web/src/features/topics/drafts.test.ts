import { describe, expect, it } from 'vitest'
import type { DictionaryDraft, Rule } from '@/api/types'
import { lines, newRule, withoutRule, withRule } from './drafts'

const rule = (id: string): Rule => ({ id, find: ['a'], when: [], despite: [], unless: [], yes: [], no: [] })
const draft = {
  version: 1,
  words: {},
  modifiers: {},
  topics: [
    { id: 'churn', rules: [rule('a'), rule('rule-1')] },
    { id: 'upsell', rules: [rule('a')] },
  ],
} as unknown as DictionaryDraft
const ids = (of: DictionaryDraft, topic: number) => of.topics[topic]?.rules.map(({ id }) => id)

describe('changes of a dictionary', () => {
  it('put a rule in its place or at the end, in its own topic only', () => {
    const changed = withRule(draft, 'churn', 'a', { ...rule('a'), find: ['b'] })
    expect(changed.topics[0]?.rules[0]?.find).toEqual(['b'])
    expect(changed.topics[1]).toBe(draft.topics[1])
    expect(ids(withRule(draft, 'churn', null, rule('z')), 0)).toEqual(['a', 'rule-1', 'z'])
    expect(ids(withoutRule(draft, 'churn', 'a'), 0)).toEqual(['rule-1'])
  })
  it('find a free name, and leave out empty lines', () => {
    expect(newRule(draft.topics[0]?.rules ?? []).id).toBe('rule-2')
    expect(lines([' a ', '', '  '])).toEqual(['a'])
  })
})
