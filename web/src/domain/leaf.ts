/**
 * The kinds of leaves the editor can show.
 *
 * `understands` says whether every part of a leaf has a place in the editor. Where it says no, the leaf is shown by its
 * sentence and as text, and stays as it is.
 */
import type { Draft, Json } from './condition-tree'
import {
  amountOf,
  comparisonFits,
  filtersFit,
  hasOnly,
  heldFits,
  isAmount,
  isCount,
  isObject,
  isScalar,
  isSpan,
  isText,
  MEASURES,
  measuredFits,
  OPERATORS,
  partFits,
  WINDOW_KEYS,
  windowFits,
  windowOf,
  windowOfLast,
} from './leaf-parts'

export const LEAF_KINDS = [
  'event',
  'attribute',
  'measure',
  'first',
  'last',
  'trend',
  'rhythm',
  'regularly',
  'sequence',
  'ratio',
  'rank',
  'segment',
  'status',
  'score',
  'mentions',
  'tag',
  'list',
  'random',
  'known_for',
] as const
export type LeafKind = (typeof LEAF_KINDS)[number]

// `measure` and `event` leaves both have the key `event`, `last` is also a window: the more telling key decides.
const HEADS_BY_RANK: readonly LeafKind[] = [
  ...LEAF_KINDS.filter((kind) => kind !== 'event' && kind !== 'last'),
  'event',
  'last',
]

export const kindOf = (draft: Draft): LeafKind | null => HEADS_BY_RANK.find((head) => head in draft) ?? null

const ifNoneFits = (draft: Draft) => draft.if_none === undefined || typeof draft.if_none === 'boolean'

/** A length, or where to read one from with a length for want of it. */
const gapFits = (gap: Json): boolean => {
  if (isText(gap)) return isSpan(gap)
  if (!isObject(gap) || !hasOnly(gap, 'attribute', 'property', 'else')) return false
  return (
    isText(gap.attribute) !== isText(gap.property) && (gap.else === undefined || (isText(gap.else) && isSpan(gap.else)))
  )
}

/** In now, or what is asked of coming, going and staying. */
export const SEGMENT_TIMES = ['entered', 'left', 'held'] as const
const segmentFits = (draft: Draft): boolean => {
  const [time, more] = SEGMENT_TIMES.filter((key) => key in draft)
  if (more !== undefined || !hasOnly(draft, 'segment', ...SEGMENT_TIMES)) return false
  if (time === undefined) return true
  return time === 'held' ? heldFits(draft.held) : windowFits(draft[time])
}

/** What is asked of a place in an order: how it moved, or where it is now. */
export const STATUS_TESTS = ['rose', 'fell', 'at_least', 'at_most'] as const
export type StatusTest = (typeof STATUS_TESTS)[number]
const statusFits = (draft: Draft): boolean => {
  const [test, more] = STATUS_TESTS.filter((key) => key in draft)
  if (test === undefined || more !== undefined || !hasOnly(draft, 'status', 'order', ...STATUS_TESTS)) return false
  if (!Array.isArray(draft.order) || !draft.order.every(isScalar)) return false
  return test === 'rose' || test === 'fell' ? windowFits(draft[test]) : isScalar(draft[test])
}

/** The topics asked for, one or several; null when they are written in some other way. */
export const topicsOf = (value: Json | undefined): string[] | null => {
  if (isText(value)) return [value]
  return Array.isArray(value) && value.every(isText) ? (value as string[]) : null
}

const changeFits = (is: Json | undefined): boolean => {
  if (!isObject(is)) return false
  const [entry, more] = Object.entries(is)
  if (!entry || more || !['at_most', 'at_least'].includes(entry[0])) return false
  const bound = entry[1]
  return isObject(bound) && Object.keys(bound).length === 1 && (isAmount(bound.percent) || isAmount(bound.plus))
}

const sequenceFits = (draft: Draft): boolean =>
  Array.isArray(draft.sequence) &&
  draft.sequence.length > 0 &&
  draft.sequence.every((step) => partFits(step, 'within') && (step.within === undefined || isText(step.within))) &&
  (draft.never_between === undefined || partFits(draft.never_between)) &&
  (draft.never_since === undefined || partFits(draft.never_since)) &&
  (draft.then_no === undefined || (partFits(draft.then_no, 'for') && isText(draft.then_no.for))) &&
  hasOnly(draft, 'sequence', 'never_between', 'never_since', 'then_no', ...WINDOW_KEYS) &&
  windowOf(draft) !== null

/** True when the editor has a place for every part of the leaf. */
export const understands = (draft: Draft): boolean => {
  switch (kindOf(draft)) {
    case 'segment':
      return isText(draft.segment) && segmentFits(draft)
    case 'attribute':
      return (
        isText(draft.attribute) &&
        comparisonFits(draft) &&
        (draft.held === undefined || ('is' in draft && heldFits(draft.held))) &&
        hasOnly(draft, 'attribute', 'held', ...OPERATORS)
      )
    case 'event':
      return (
        isText(draft.event) &&
        filtersFit(draft.where) &&
        (draft.count === undefined || amountOf(draft.count) !== null) &&
        windowOf(draft) !== null &&
        hasOnly(draft, 'event', 'where', 'count', ...WINDOW_KEYS)
      )
    case 'measure':
      return (
        MEASURES.includes(draft.measure as never) &&
        isText(draft.event) &&
        (draft.of === undefined || isText(draft.of)) &&
        filtersFit(draft.where) &&
        amountOf(draft.is) !== null &&
        windowOf(draft) !== null &&
        hasOnly(draft, 'measure', 'of', 'event', 'where', 'is', ...WINDOW_KEYS)
      )
    case 'first':
      return (
        isText(draft.first) &&
        filtersFit(draft.where) &&
        ifNoneFits(draft) &&
        windowOf(draft) !== null &&
        hasOnly(draft, 'first', 'where', 'if_none', ...WINDOW_KEYS)
      )
    case 'last':
      return (
        isText(draft.last) &&
        filtersFit(draft.has) &&
        ifNoneFits(draft) &&
        windowOfLast(draft) !== null &&
        hasOnly(draft, 'last', 'has', 'if_none', 'window', 'in_last')
      )
    case 'trend':
      return (
        measuredFits(draft.trend) &&
        windowFits(draft.now) &&
        windowFits(draft.before) &&
        changeFits(draft.is) &&
        (draft.base_at_least === undefined || isAmount(draft.base_at_least)) &&
        hasOnly(draft, 'trend', 'now', 'before', 'is', 'base_at_least')
      )
    case 'rhythm':
      return (
        isText(draft.rhythm) &&
        filtersFit(draft.where) &&
        (draft.overdue_by === undefined || isAmount(draft.overdue_by)) &&
        (draft.gaps_at_least === undefined || isCount(draft.gaps_at_least)) &&
        (draft.default_gap === undefined || gapFits(draft.default_gap)) &&
        hasOnly(draft, 'rhythm', 'where', 'overdue_by', 'gaps_at_least', 'default_gap')
      )
    case 'sequence':
      return sequenceFits(draft)
    case 'known_for':
      return isText(draft.known_for) && isSpan(draft.known_for) && hasOnly(draft, 'known_for')
    case 'regularly':
      return (
        isText(draft.regularly) &&
        filtersFit(draft.where) &&
        isText(draft.every) &&
        isSpan(draft.every) &&
        isCount(draft.periods) &&
        (draft.in_at_least === undefined || isCount(draft.in_at_least)) &&
        (draft.count === undefined || amountOf(draft.count) !== null) &&
        hasOnly(draft, 'regularly', 'where', 'every', 'periods', 'in_at_least', 'count')
      )
    case 'ratio':
      return (
        measuredFits(draft.ratio) &&
        measuredFits(draft.over) &&
        amountOf(draft.percent) !== null &&
        (draft.base_at_least === undefined || isAmount(draft.base_at_least)) &&
        windowOf(draft) !== null &&
        hasOnly(draft, 'ratio', 'over', 'percent', 'base_at_least', ...WINDOW_KEYS)
      )
    case 'rank':
      return (
        measuredFits(draft.rank) &&
        isAmount(draft.top) !== isAmount(draft.top_percent) &&
        (draft.among === undefined || isText(draft.among)) &&
        windowOf(draft) !== null &&
        hasOnly(draft, 'rank', 'top', 'top_percent', 'among', ...WINDOW_KEYS)
      )
    case 'status':
      return isText(draft.status) && statusFits(draft)
    case 'score':
      return isText(draft.score) && amountOf(draft.is) !== null && hasOnly(draft, 'score', 'is')
    case 'mentions':
      return (
        topicsOf(draft.mentions) !== null &&
        (draft.count === undefined || amountOf(draft.count) !== null) &&
        windowOf(draft) !== null &&
        hasOnly(draft, 'mentions', 'count', ...WINDOW_KEYS)
      )
    case 'tag':
      return isText(draft.tag) && hasOnly(draft, 'tag')
    case 'list':
      return isText(draft.list) && hasOnly(draft, 'list')
    case 'random':
      return (
        isText(draft.random) &&
        isAmount(draft.percent) &&
        (draft.from_percent === undefined || isAmount(draft.from_percent)) &&
        hasOnly(draft, 'random', 'percent', 'from_percent')
      )
    case null:
      return false
  }
}

/** What a new leaf starts with, from what the workspace knows. `salt` names a new random split. */
export type Words = {
  event: string
  attribute: string
  order: string[]
  segment: string
  property: string
  sign: string
  list: string
  salt: string
}

/** The leaf a new row starts with: it can be saved as it is. */
export const newLeaf = (kind: LeafKind, words: Words): Draft => {
  switch (kind) {
    case 'event':
      return { event: words.event, count: { at_least: 1 }, last: '30d' }
    case 'attribute':
      return { attribute: words.attribute, exists: true }
    case 'measure':
      return { measure: 'days', event: words.event, is: { at_least: 3 }, last: '30d' }
    case 'first':
      return { first: words.event, last: '30d' }
    case 'last':
      return { last: words.event, window: { older_than: '30d' } }
    case 'trend':
      return {
        trend: { event: words.event },
        now: { last: '30d' },
        before: { ago: ['60d', '30d'] },
        is: { at_most: { percent: '50' } },
        base_at_least: '4',
      }
    case 'rhythm':
      return { rhythm: words.event, overdue_by: '1.5', gaps_at_least: 2 }
    case 'sequence':
      return { sequence: [{ event: words.event }, { event: words.event, within: '7d' }] }
    case 'segment':
      return { segment: words.segment }
    case 'known_for':
      return { known_for: '30d' }
    case 'regularly':
      return { regularly: words.event, every: '1w', periods: 8, in_at_least: 6 }
    case 'ratio':
      return {
        ratio: { event: words.event },
        over: { event: words.event },
        percent: { at_most: 20 },
        base_at_least: 5,
        last: '90d',
      }
    case 'rank':
      return { rank: { event: words.event }, last: '365d', top_percent: 10 }
    case 'status':
      return { status: words.attribute, order: words.order, rose: { last: '30d' } }
    case 'score':
      return { score: words.sign, is: { at_least: 60 } }
    case 'mentions':
      return { mentions: 'competitor', last: '30d' }
    case 'tag':
      return { tag: 'vip' }
    case 'list':
      return { list: words.list }
    case 'random':
      return { random: words.salt, percent: 50 }
  }
}
