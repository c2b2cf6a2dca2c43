/** What one language says for each part of a condition; the order of the parts is decided there as well. */
import type { Json } from './condition-tree'
import { type Amount, type Operator, type SpanUnit, spanParts, type Window } from './leaf-parts'

export type Grammar = {
  span: (n: number, unit: SpanUnit) => string
  window: (window: Window) => string
  amount: (amount: Amount, unit: string) => string
  compare: (what: string, operator: Operator, value: string, other: Json) => string
  event: (name: string, filters: string, count: Amount | null, window: string) => string
  measure: (measure: string, of: string, name: string, filters: string, is: string, window: string) => string
  edge: (which: 'first' | 'last', name: string, filters: string, window: string) => string
  trend: (measure: string, name: string, now: string, before: string, is: string) => string
  rhythm: (name: string, factor: string) => string
  step: (name: string, within: string) => string
  sequence: (steps: string[], window: string, never: string | null) => string
  segment: (name: string, not: boolean) => string
  segmentTime: (name: string, how: 'entered' | 'left' | 'at_least' | 'less_than', time: string) => string
  regularly: (name: string, filters: string, every: string, periods: number, least: number | null) => string
  ratio: (above: string, below: string, window: string, is: string) => string
  rank: (measured: string, window: string, top: string, percent: boolean) => string
  measured: (measure: string, of: string, name: string, filters: string) => string
  moved: (name: string, up: boolean, window: string) => string
  stands: (name: string, bound: 'at_least' | 'at_most', value: string) => string
  score: (name: string, is: string) => string
  mentions: (topics: string[], count: Amount | null, window: string) => string
  tag: (name: string) => string
  list: (name: string) => string
  random: (salt: string, from: number, percent: number) => string
  known: (span: string) => string
  not: (sentence: string) => string
  filters: (sentences: string[]) => string
  other: (name: string, times: string | undefined) => string
}

export const isNone = (count: Amount | null) =>
  count !== null && ['exactly', 'at_most'].includes(count.operator) && Number(count.of) === 0
export const isOnce = (count: Amount) => count.operator === 'at_least' && Number(count.of) === 1

export const span = (text: string, grammar: Grammar) => {
  const { n, unit } = spanParts(text)
  return grammar.span(n, unit)
}
