/**
 * A condition in words, for the moment until the server's own sentence arrives. The server's sentence is the one that counts.
 */
import type { Draft, Json } from './condition-tree'
import { type Grammar, isNone, isOnce, span } from './grammar'
import { en } from './grammar-en'
import { ja } from './grammar-ja'
import { kindOf, SEGMENT_TIMES, topicsOf } from './leaf'
import {
  type Amount,
  amountOf,
  filtersOf,
  isObject,
  operatorOf,
  otherSideOf,
  windowOf,
  windowOfLast,
} from './leaf-parts'

export type Labels = {
  event: (name: string) => string
  attribute: (key: string) => string
  segment: (id: string) => string
  sign: (id: string) => string
  property: (event: string, key: string) => string
}

/** One leaf in words; a leaf of an unknown kind as its own text. */
export const describe = (draft: Draft, not: boolean, language: 'ja' | 'en', labels: Labels): string => {
  const grammar = language === 'ja' ? ja : en
  const kind = kindOf(draft)
  if (kind === 'segment' && !SEGMENT_TIMES.some((key) => key in draft)) {
    return grammar.segment(labels.segment(String(draft.segment)), not)
  }
  const count = kindOf(draft) === 'event' ? amountOf(draft.count) : null
  // "Not at least once" is "never", and "not never" is "at least once".
  if (not && kindOf(draft) === 'event' && (draft.count === undefined || (count && (isOnce(count) || isNone(count))))) {
    const turned: Draft = count && isNone(count) ? { at_least: 1 } : { exactly: 0 }
    return positive({ ...draft, count: turned }, grammar, labels)
  }
  const sentence = positive(draft, grammar, labels)
  return not ? grammar.not(sentence) : sentence
}

const positive = (draft: Draft, grammar: Grammar, labels: Labels): string => {
  const window = (part: Draft) => grammar.window(windowOf(part) ?? { kind: 'always' })
  switch (kindOf(draft)) {
    case 'event': {
      const name = String(draft.event)
      return grammar.event(
        labels.event(name),
        filters(draft, 'where', name, grammar, labels),
        amountOf(draft.count),
        window(draft),
      )
    }
    case 'attribute':
      return comparison(labels.attribute(String(draft.attribute)), draft, grammar, labels)
    case 'measure': {
      const name = String(draft.event)
      const of = typeof draft.of === 'string' ? labels.property(name, draft.of) : ''
      const is = amountOf(draft.is)
      const said = is ? grammar.amount(is, '') : ''
      return grammar.measure(
        String(draft.measure),
        of,
        labels.event(name),
        filters(draft, 'where', name, grammar, labels),
        said,
        window(draft),
      )
    }
    case 'first':
    case 'last': {
      const which = kindOf(draft) as 'first' | 'last'
      const name = String(draft[which])
      return grammar.edge(
        which,
        labels.event(name),
        filters(draft, which === 'last' ? 'has' : 'where', name, grammar, labels),
        which === 'last' ? grammar.window(windowOfLast(draft) ?? { kind: 'always' }) : window(draft),
      )
    }
    case 'trend': {
      const trend = isObject(draft.trend) ? draft.trend : {}
      const part = (value: Json | undefined) => window(isObject(value) ? value : {})
      return grammar.trend(
        String(trend.measure ?? 'count'),
        labels.event(String(trend.event)),
        part(draft.now),
        part(draft.before),
        change(draft.is, grammar),
      )
    }
    case 'rhythm':
      return grammar.rhythm(labels.event(String(draft.rhythm)), String(draft.overdue_by ?? 1))
    case 'sequence': {
      const steps = filtersOf(draft.sequence).map((step) =>
        grammar.step(
          labels.event(String(step.event)),
          typeof step.within === 'string' ? span(step.within, grammar) : '',
        ),
      )
      const never = isObject(draft.never_between) ? labels.event(String(draft.never_between.event)) : null
      return grammar.sequence(steps, window(draft), never)
    }
    case 'known_for':
      return grammar.known(span(String(draft.known_for), grammar))
    case 'segment':
      return segmentTime(draft, grammar, labels)
    case 'regularly':
      return grammar.regularly(
        labels.event(String(draft.regularly)),
        filters(draft, 'where', String(draft.regularly), grammar, labels),
        span(String(draft.every), grammar),
        Number(draft.periods),
        draft.in_at_least === undefined ? null : Number(draft.in_at_least),
      )
    case 'ratio': {
      const is = amountOf(draft.percent)
      return grammar.ratio(
        measured(draft.ratio, grammar, labels),
        measured(draft.over, grammar, labels),
        window(draft),
        is ? grammar.amount(is, '%') : '',
      )
    }
    case 'rank':
      return grammar.rank(
        measured(draft.rank, grammar, labels),
        window(draft),
        String(draft.top ?? draft.top_percent),
        draft.top === undefined,
      )
    case 'status':
      return status(draft, grammar, labels)
    case 'score': {
      const is = amountOf(draft.is)
      return grammar.score(labels.sign(String(draft.score)), is ? grammar.amount(is, '') : '')
    }
    case 'mentions':
      return grammar.mentions(topicsOf(draft.mentions) ?? [], amountOf(draft.count), window(draft))
    case 'tag':
      return grammar.tag(String(draft.tag))
    case 'list':
      return grammar.list(String(draft.list))
    case 'random':
      return grammar.random(String(draft.random), Number(draft.from_percent ?? 0), Number(draft.percent))
    case null:
      return JSON.stringify(draft)
  }
}

const measured = (part: Json | undefined, grammar: Grammar, labels: Labels): string => {
  const draft = isObject(part) ? part : {}
  const name = String(draft.event)
  return grammar.measured(
    String(draft.measure ?? 'count'),
    typeof draft.of === 'string' ? labels.property(name, draft.of) : '',
    labels.event(name),
    filters(draft, 'where', name, grammar, labels),
  )
}

const segmentTime = (draft: Draft, grammar: Grammar, labels: Labels): string => {
  const name = labels.segment(String(draft.segment))
  if (isObject(draft.held)) {
    const [how, length] = Object.entries(draft.held)[0] ?? ['at_least', '0d']
    return grammar.segmentTime(name, how as 'at_least' | 'less_than', span(String(length), grammar))
  }
  const how = 'entered' in draft ? 'entered' : 'left'
  const part = draft[how]
  return grammar.segmentTime(name, how, grammar.window(windowOf(isObject(part) ? part : {}) ?? { kind: 'always' }))
}

const status = (draft: Draft, grammar: Grammar, labels: Labels): string => {
  const name = labels.attribute(String(draft.status))
  for (const move of ['rose', 'fell'] as const) {
    const part = draft[move]
    if (isObject(part))
      return grammar.moved(name, move === 'rose', grammar.window(windowOf(part) ?? { kind: 'always' }))
  }
  const bound = 'at_least' in draft ? 'at_least' : 'at_most'
  return grammar.stands(name, bound, String(draft[bound]))
}

const change = (is: Json | undefined, grammar: Grammar): string => {
  const [operator, bound] = Object.entries(isObject(is) ? is : {})[0] ?? []
  if (operator === undefined || !isObject(bound)) return ''
  const [unit, of] = 'percent' in bound ? ['%', bound.percent] : ['', bound.plus]
  return grammar.amount({ operator: operator as Amount['operator'], of: of as string }, unit as string)
}

const filters = (draft: Draft, key: 'where' | 'has', event: string, grammar: Grammar, labels: Labels): string => {
  const said = filtersOf(draft[key]).map((filter) =>
    comparison(labels.property(event, String(filter.property)), filter, grammar, labels),
  )
  return said.length === 0 ? '' : grammar.filters(said)
}

const comparison = (what: string, draft: Draft, grammar: Grammar, labels: Labels): string => {
  const operator = operatorOf(draft)
  if (!operator) return what
  const value = draft[operator]
  return grammar.compare(what, operator, operand(value, grammar, labels), value ?? null)
}

const operand = (value: Json | undefined, grammar: Grammar, labels: Labels): string => {
  const other = otherSideOf(value)
  if (other) return grammar.other(labels.attribute(other.attribute), other.times)
  if (Array.isArray(value)) return value.map(String).join('、')
  if (isObject(value)) {
    const window = windowOf(value)
    if (window && window.kind !== 'always') return grammar.window(window)
    return Object.values(value).map(String).join('–')
  }
  return String(value ?? '')
}
