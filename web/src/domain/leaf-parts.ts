/** The parts that leaves share: windows, amounts, comparisons, filters, and what is measured. */
import type { Draft, Json } from './condition-tree'

export const isObject = (value: Json | undefined): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isText = (value: Json | undefined): value is string => typeof value === 'string'
export const isScalar = (value: Json | undefined): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)
export const isCount = (value: Json | undefined): value is number => typeof value === 'number'
export const isAmount = (value: Json | undefined): value is string | number => isText(value) || isCount(value)
export const hasOnly = (draft: Draft, ...keys: string[]) => Object.keys(draft).every((key) => keys.includes(key))

// Windows ---------------------------------------------------------------------------------------------------------

export const CALENDARS = [
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_half',
  'last_half',
  'this_fiscal_year',
  'last_fiscal_year',
  'this_year',
  'last_year',
] as const
export type Calendar = (typeof CALENDARS)[number]

export type Window =
  | { kind: 'always' }
  | { kind: 'last'; span: string }
  | { kind: 'ago'; from: string; to: string }
  | { kind: 'older_than'; span: string }
  | { kind: 'calendar'; period: Calendar }
  | { kind: 'last_days'; n: number }
  | { kind: 'last_months'; n: number }
  | { kind: 'range'; from: string; to: string }
  | { kind: 'since'; from: string }
  | { kind: 'until'; to: string }
export type WindowKind = Window['kind']

export const WINDOW_KEYS = ['last', 'ago', 'older_than', 'calendar', 'last_days', 'last_months', 'from', 'to']

/** The window of a leaf or a part of one; null when there is one that the editor cannot show. */
export const windowOf = (draft: Draft): Window | null => {
  const keys = WINDOW_KEYS.filter((key) => key in draft)
  const [key, more] = keys
  if (key === undefined) return { kind: 'always' }
  if (key === 'from' || key === 'to') {
    const { from, to } = draft
    if (keys.length === 2) return isText(from) && isText(to) ? { kind: 'range', from, to } : null
    if (isText(from)) return { kind: 'since', from }
    return isText(to) ? { kind: 'until', to } : null
  }
  if (more !== undefined) return null
  const value = draft[key]
  switch (key) {
    case 'last':
    case 'older_than':
      return isText(value) && isSpan(value) ? { kind: key, span: value } : null
    case 'ago': {
      const [from, to] = Array.isArray(value) ? value : []
      return isText(from) && isText(to) ? { kind: 'ago', from, to } : null
    }
    case 'calendar':
      return CALENDARS.includes(value as Calendar) ? { kind: 'calendar', period: value as Calendar } : null
    case 'last_days':
    case 'last_months':
      return isCount(value) ? { kind: key, n: value } : null
    default:
      return null
  }
}

export const windowDraft = (window: Window): Draft => {
  switch (window.kind) {
    case 'always':
      return {}
    case 'last':
    case 'older_than':
      return { [window.kind]: window.span }
    case 'ago':
      return { ago: [window.from, window.to] }
    case 'calendar':
      return { calendar: window.period }
    case 'last_days':
    case 'last_months':
      return { [window.kind]: window.n }
    case 'range':
      return { from: window.from, to: window.to }
    case 'since':
      return { from: window.from }
    case 'until':
      return { to: window.to }
  }
}

export const withWindow = (draft: Draft, window: Window): Draft => ({
  ...without(draft, ...WINDOW_KEYS),
  ...windowDraft(window),
})

/** The word `last` heads a leaf of its own, so the window of that leaf stands under `window`, or as `in_last`. */
export const windowOfLast = (draft: Draft): Window | null => {
  if ('in_last' in draft) {
    const span = draft.in_last
    return isText(span) && isSpan(span) && !('window' in draft) ? { kind: 'last', span } : null
  }
  if (draft.window === undefined) return { kind: 'always' }
  return isObject(draft.window) && hasOnly(draft.window, ...WINDOW_KEYS) ? windowOf(draft.window) : null
}

export const withWindowOfLast = (draft: Draft, window: Window): Draft => {
  const rest = without(draft, 'window', 'in_last')
  return window.kind === 'always' ? rest : { ...rest, window: windowDraft(window) }
}

export const without = (draft: Draft, ...keys: string[]): Draft =>
  Object.fromEntries(Object.entries(draft).filter(([key]) => !keys.includes(key)))

export const SPAN_UNITS = ['s', 'm', 'h', 'd', 'w'] as const
export type SpanUnit = (typeof SPAN_UNITS)[number]

export const isSpan = (text: string) => /^\d+[smhdw]$/.test(text)
export const spanParts = (span: string): { n: number; unit: SpanUnit } => {
  const [, n, unit] = /^(\d+)([smhdw])$/.exec(span) ?? []
  return { n: Number(n ?? 0), unit: (unit ?? 'd') as SpanUnit }
}

// Counts and amounts ----------------------------------------------------------------------------------------------

export const COUNT_OPERATORS = ['at_least', 'more_than', 'at_most', 'less_than', 'exactly', 'between'] as const
export const AMOUNT_OPERATORS = ['at_least', 'more_than', 'at_most', 'less_than', 'exactly', 'between'] as const
export type AmountOperator = (typeof AMOUNT_OPERATORS)[number]
export type Bound = string | number
export type Amount = { operator: AmountOperator; of: Bound | [Bound, Bound] }

/** Reads `{ "at_least": 3 }`; null when it is anything else. */
export const amountOf = (value: Json | undefined): Amount | null => {
  if (!isObject(value)) return null
  const [entry, more] = Object.entries(value)
  if (!entry || more) return null
  const [operator, of] = entry
  if (!AMOUNT_OPERATORS.includes(operator as AmountOperator)) return null
  if (operator === 'between') {
    return Array.isArray(of) && of.length === 2 && of.every(isAmount)
      ? { operator, of: [of[0] as Bound, of[1] as Bound] }
      : null
  }
  return isAmount(of) ? { operator: operator as AmountOperator, of } : null
}

export const amountDraft = ({ operator, of }: Amount): Draft => ({ [operator]: of })

// Comparisons of a value ------------------------------------------------------------------------------------------

export const OPERATORS = [
  'is',
  'is_not',
  'in',
  'not_in',
  'contains',
  'does_not_contain',
  'starts_with',
  'ends_with',
  'at_least',
  'more_than',
  'at_most',
  'less_than',
  'between',
  'exists',
  'day_is',
  'day_in',
  'day_in_next',
  'month_is',
  'anniversary_in',
  'age',
] as const
export type Operator = (typeof OPERATORS)[number]

/** What an operator is compared with decides which field the editor shows. */
export type OperandKind =
  | 'value'
  | 'values'
  | 'text'
  | 'amount'
  | 'pair'
  | 'yes_no'
  | 'day'
  | 'window'
  | 'span'
  | 'month'
  | 'days'
  | 'age'

export const operandKind = (operator: Operator): OperandKind => {
  switch (operator) {
    case 'is':
    case 'is_not':
      return 'value'
    case 'in':
    case 'not_in':
      return 'values'
    case 'contains':
    case 'does_not_contain':
    case 'starts_with':
    case 'ends_with':
      return 'text'
    case 'at_least':
    case 'more_than':
    case 'at_most':
    case 'less_than':
      return 'amount'
    case 'between':
      return 'pair'
    case 'exists':
      return 'yes_no'
    case 'day_is':
      return 'day'
    case 'day_in':
      return 'window'
    case 'day_in_next':
      return 'span'
    case 'month_is':
      return 'month'
    case 'anniversary_in':
      return 'days'
    case 'age':
      return 'age'
  }
}

export const operatorOf = (draft: Draft): Operator | null => {
  const found = OPERATORS.filter((operator) => operator in draft)
  return found.length === 1 ? (found[0] as Operator) : null
}

export type OtherSide = { attribute: string; times?: string }
export const otherSideOf = (value: Json | undefined): OtherSide | null => {
  if (!isObject(value) || !isText(value.attribute) || !hasOnly(value, 'attribute', 'times')) return null
  if (value.times !== undefined && !isAmount(value.times)) return null
  return { attribute: value.attribute, ...(value.times === undefined ? {} : { times: String(value.times) }) }
}

const operandFits = (operator: Operator, value: Json | undefined): boolean => {
  switch (operandKind(operator)) {
    case 'value':
      return isScalar(value) || otherSideOf(value) !== null
    case 'values':
      return Array.isArray(value) && value.every(isScalar)
    case 'text':
      return isText(value)
    case 'amount':
      return isAmount(value) || otherSideOf(value) !== null
    case 'pair':
      return Array.isArray(value) && value.length === 2 && value.every(isAmount)
    case 'yes_no':
      return typeof value === 'boolean'
    case 'day':
      return isText(value) && ['today', 'yesterday', 'tomorrow'].includes(value)
    case 'window':
      return isObject(value) && windowOf(value) !== null && hasOnly(value, ...WINDOW_KEYS)
    case 'span':
      return isText(value) && isSpan(value)
    case 'month':
      return value === 'this' || value === 'next' || isCount(value)
    case 'days':
      return isCount(value)
    case 'age':
      return (
        isObject(value) &&
        hasOnly(value, 'at_least', 'at_most') &&
        Object.values(value).every((bound) => isCount(bound))
      )
  }
}

/** A new operator keeps the right side where both can carry it. */
export const withOperator = (draft: Draft, operator: Operator, startWith: string): Draft => {
  const before = operatorOf(draft)
  const value = before ? draft[before] : undefined
  const kept = operandFits(operator, value) ? (value as Json) : operandStart(operator, value, startWith)
  const { held, ...rest } = without(draft, ...OPERATORS)
  return { ...rest, [operator]: kept, ...(held !== undefined && operator === 'is' ? { held } : {}) }
}

const operandStart = (operator: Operator, before: Json | undefined, startWith: string): Json => {
  const scalar = isScalar(before) ? String(before) : Array.isArray(before) ? String(before[0] ?? '') : startWith
  switch (operandKind(operator)) {
    case 'value':
    case 'text':
      return scalar
    case 'values':
      return scalar === '' ? [] : [scalar]
    case 'amount':
      return Number.isFinite(Number(scalar)) && scalar !== '' ? Number(scalar) : scalar || 0
    case 'pair':
      return [0, 100]
    case 'yes_no':
      return true
    case 'day':
      return 'today'
    case 'window':
      return { last: '30d' }
    case 'span':
      return '30d'
    case 'month':
      return 'this'
    case 'days':
      return 14
    case 'age':
      return { at_least: 30, at_most: 39 }
  }
}

export const comparisonFits = (draft: Draft): boolean => {
  const operator = operatorOf(draft)
  return operator !== null && operandFits(operator, draft[operator])
}

// Filters on an event's properties --------------------------------------------------------------------------------

export const filtersOf = (value: Json | undefined): Draft[] => (Array.isArray(value) ? value.filter(isObject) : [])

const filterFits = (filter: Json): boolean =>
  isObject(filter) && isText(filter.property) && hasOnly(filter, 'property', ...OPERATORS) && comparisonFits(filter)
export const filtersFit = (value: Json | undefined): boolean =>
  value === undefined || (Array.isArray(value) && value.every(filterFits))

export const withFilters = (draft: Draft, key: 'where' | 'has', filters: Draft[]): Draft =>
  filters.length === 0 ? without(draft, key) : { ...draft, [key]: filters }

// What is measured ------------------------------------------------------------------------------------------------

export const MEASURES = ['count', 'sum', 'average', 'least', 'most', 'distinct', 'days'] as const
/** Counting events or days needs no property to look at. */
export const needsProperty = (measure: string) => measure !== 'count' && measure !== 'days'

/** `{ measure, of, event, where }`, as it stands in trends, ratios and ranks. */
export const measuredFits = (part: Json | undefined): part is Draft =>
  partFits(part, 'measure', 'of') &&
  (part.measure === undefined || MEASURES.includes(part.measure as never)) &&
  (part.of === undefined || isText(part.of))

/** An event with its filters, and nothing but the named keys beside them. */
export const partFits = (part: Json | undefined, ...more: string[]): part is Draft =>
  isObject(part) && isText(part.event) && filtersFit(part.where) && hasOnly(part, 'event', 'where', ...more)

/** A window that stands in braces of its own. */
export const windowFits = (value: Json | undefined): boolean =>
  isObject(value) && hasOnly(value, ...WINDOW_KEYS) && windowOf(value) !== null && Object.keys(value).length > 0

/** `{ at_least: "7d" }` or `{ less_than: "7d" }`. */
export const heldFits = (held: Json | undefined): boolean =>
  isObject(held) &&
  Object.keys(held).length === 1 &&
  hasOnly(held, 'at_least', 'less_than') &&
  Object.values(held).every((span) => isText(span) && isSpan(span))
