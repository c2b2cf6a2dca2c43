/** Conditions in English. */
import { type Grammar, isNone, isOnce, span } from './grammar'
import type { Operator, SpanUnit } from './leaf-parts'

const CALENDAR_EN: Record<string, string> = {
  today: 'today',
  yesterday: 'yesterday',
  this_week: 'this week',
  last_week: 'last week',
  this_month: 'this month',
  last_month: 'last month',
  this_quarter: 'this quarter',
  last_quarter: 'last quarter',
  this_half: 'this half-year',
  last_half: 'last half-year',
  this_fiscal_year: 'this fiscal year',
  last_fiscal_year: 'last fiscal year',
  this_year: 'this year',
  last_year: 'last year',
}
const UNIT_EN: Record<SpanUnit, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' }
const MEASURE_EN: Record<string, string> = {
  count: 'number',
  sum: 'sum',
  average: 'average',
  least: 'least',
  most: 'most',
  distinct: 'number of different',
  days: 'number of days',
}

export const en: Grammar = {
  span: (n, unit) => `${n} ${UNIT_EN[unit]}${n === 1 ? '' : 's'}`,
  window: (window) => {
    switch (window.kind) {
      case 'always':
        return 'ever'
      case 'last':
        return `in the last ${span(window.span, en)}`
      case 'ago':
        return `between ${span(window.from, en)} and ${span(window.to, en)} ago`
      case 'older_than':
        return `more than ${span(window.span, en)} ago`
      case 'calendar':
        return CALENDAR_EN[window.period] ?? window.period
      case 'last_days':
        return `in the last ${window.n} calendar days`
      case 'last_months':
        return `in the last ${window.n} months`
      case 'range':
        return `from ${window.from} to ${window.to}`
      case 'since':
        return `since ${window.from}`
      case 'until':
        return `until ${window.to}`
    }
  },
  amount: ({ operator, of }, unit) => {
    if (Array.isArray(of)) return `${of[0]} to ${of[1]}${unit}`
    const starts = {
      at_least: 'at least',
      at_most: 'at most',
      more_than: 'more than',
      less_than: 'less than',
      exactly: 'exactly',
      between: '',
    }
    return `${starts[operator]} ${of}${unit}`
  },
  compare: (what, operator, value) => {
    const said: Record<Operator, string> = {
      is: `is “${value}”`,
      is_not: `is not “${value}”`,
      in: `is one of “${value}”`,
      not_in: `is none of “${value}”`,
      contains: `contains “${value}”`,
      does_not_contain: `does not contain “${value}”`,
      starts_with: `starts with “${value}”`,
      ends_with: `ends with “${value}”`,
      at_least: `is at least ${value}`,
      more_than: `is more than ${value}`,
      at_most: `is at most ${value}`,
      less_than: `is less than ${value}`,
      between: `is between ${value}`,
      exists: value === 'false' ? 'is missing' : 'is known',
      day_is: `is ${value}`,
      day_in: `is ${value}`,
      day_in_next: `is within the next ${value}`,
      month_is: value === 'this' || value === 'next' ? `falls in ${value} month` : `falls in month ${value}`,
      anniversary_in: Number(value) === 0 ? 'has its anniversary today' : `has its anniversary within ${value} days`,
      age: `is ${value} years ago`,
    }
    return `${what} ${said[operator]}`
  },
  event: (name, filters, count, window) => {
    if (isNone(count)) return `no “${name}”${filters} ${window}`
    const times = count && !isOnce(count) ? ` ${en.amount(count, ' times')}` : ''
    return `“${name}”${filters}${times} ${window}`
  },
  measure: (measure, of, name, filters, is, window) =>
    `${MEASURE_EN[measure] ?? measure}${of ? ` of ${of}` : ''} of “${name}”${filters} ${window} is ${is}`,
  edge: (which, name, filters, window) => `the ${which} “${name}”${filters} was ${window}`,
  trend: (measure, name, now, before, is) =>
    `${MEASURE_EN[measure] ?? measure} of “${name}” ${now} is ${is} of that ${before}`,
  rhythm: (name, factor) => `“${name}” is overdue by ${factor} times the customer’s own rhythm`,
  step: (name, within) => (within ? `“${name}” within ${within}` : `“${name}”`),
  sequence: (steps, window, never) =>
    `${steps.join(', then ')}${window === 'ever' ? '' : ` ${window}`}${never ? ` (no “${never}” between)` : ''}`,
  segment: (name, not) => (not ? `not in “${name}”` : `in “${name}”`),
  segmentTime: (name, how, time) =>
    ({
      entered: `entered “${name}” ${time}`,
      left: `left “${name}” ${time}`,
      at_least: `in “${name}” for at least ${time}`,
      less_than: `in “${name}” for less than ${time}`,
    })[how],
  regularly: (name, filters, every, periods, least) =>
    `“${name}”${filters} in ${least === null ? 'each' : `at least ${least}`} of the last ${periods} periods of ${every}`,
  ratio: (above, below, window, is) => `${above} as a share of ${below} ${window} is ${is}`,
  rank: (measured, window, top, percent) => `in the top ${top}${percent ? ' %' : ''} by ${measured} ${window}`,
  measured: (measure, of, name, filters) =>
    `${MEASURE_EN[measure] ?? measure}${of ? ` of ${of}` : ''} of “${name}”${filters}`,
  moved: (name, up, window) => `${name} ${up ? 'rose' : 'fell'} ${window}`,
  stands: (name, bound, value) => `${name} is at ${bound === 'at_least' ? 'least' : 'most'} “${value}”`,
  score: (name, is) => `score “${name}” is ${is}`,
  mentions: (topics, count, window) => {
    const said = topics.map((topic) => `“${topic}”`).join(' or ')
    if (isNone(count)) return `no mention of ${said} ${window}`
    return `${said} mentioned${count && !isOnce(count) ? ` ${en.amount(count, ' times')}` : ''} ${window}`
  },
  tag: (name) => `carries the tag “${name}”`,
  list: (name) => `is on the list “${name}”`,
  random: (salt, from, percent) =>
    from === 0
      ? `a random ${percent} % (“${salt}”)`
      : `the random share from ${from} % to ${from + percent} % (“${salt}”)`,
  known: (length) => `known for at least ${length}`,
  not: (sentence) => `not: ${sentence}`,
  filters: (sentences) => ` (${sentences.join(', ')})`,
  other: (name, times) => (times ? `${times} × ${name}` : name),
}
