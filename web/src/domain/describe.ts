/**
 * A condition in words, for the moment until the server's own sentence arrives. The server's sentence is the one that counts.
 */
import type { Draft, Json } from './condition-tree'
import {
  type Amount,
  amountOf,
  filtersOf,
  isObject,
  kindOf,
  type Operator,
  operatorOf,
  otherSideOf,
  type SpanUnit,
  spanParts,
  type Window,
  windowOf,
  windowOfLast,
} from './leaf'

export type Labels = {
  event: (name: string) => string
  attribute: (key: string) => string
  segment: (id: string) => string
  property: (event: string, key: string) => string
}

/** What one language says for each part; the order of the parts is decided there as well. */
type Grammar = {
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
  known: (span: string) => string
  not: (sentence: string) => string
  filters: (sentences: string[]) => string
  other: (name: string, times: string | undefined) => string
}

const CALENDAR_JA: Record<string, string> = {
  today: '今日',
  yesterday: '昨日',
  this_week: '今週',
  last_week: '先週',
  this_month: '今月',
  last_month: '先月',
  this_quarter: '今四半期',
  last_quarter: '前四半期',
  this_half: '今半期',
  last_half: '前半期',
  this_fiscal_year: '今年度',
  last_fiscal_year: '昨年度',
  this_year: '今年',
  last_year: '去年',
}
const UNIT_JA: Record<SpanUnit, string> = { s: '秒', m: '分', h: '時間', d: '日', w: '週間' }
const MEASURE_JA: Record<string, string> = {
  count: '回数',
  sum: '合計',
  average: '平均',
  least: '最小',
  most: '最大',
  distinct: '種類数',
  days: '日数',
}

const ja: Grammar = {
  span: (n, unit) => `${n}${UNIT_JA[unit]}`,
  window: (window) => {
    switch (window.kind) {
      case 'always':
        return 'これまでに'
      case 'last':
        return `直近${span(window.span, ja)}に`
      case 'ago':
        return `${span(window.from, ja)}前から${span(window.to, ja)}前までに`
      case 'older_than':
        return `${span(window.span, ja)}より前に`
      case 'calendar':
        return `${CALENDAR_JA[window.period] ?? window.period}に`
      case 'last_days':
        return `今日までの${window.n}日に`
      case 'last_months':
        return `直近${window.n}か月に`
      case 'range':
        return `${window.from}から${window.to}までに`
    }
  },
  amount: ({ operator, of }, unit) => {
    if (Array.isArray(of)) return `${of[0]}${unit}以上${of[1]}${unit}以下`
    const bound = `${of}${unit}`
    const ends = {
      at_least: '以上',
      at_most: '以下',
      more_than: 'より多い',
      less_than: '未満',
      exactly: 'ちょうど',
      between: '',
    }
    return operator === 'exactly' ? `ちょうど${bound}` : `${bound}${ends[operator]}`
  },
  compare: (what, operator, value) => {
    const said: Record<Operator, string> = {
      is: `が「${value}」`,
      is_not: `が「${value}」ではない`,
      in: `が「${value}」のどれか`,
      not_in: `が「${value}」のどれでもない`,
      contains: `に「${value}」を含む`,
      does_not_contain: `に「${value}」を含まない`,
      starts_with: `が「${value}」で始まる`,
      ends_with: `が「${value}」で終わる`,
      at_least: `が${value}以上`,
      more_than: `が${value}より大きい`,
      at_most: `が${value}以下`,
      less_than: `が${value}未満`,
      between: `が${value}の間`,
      exists: value === 'false' ? 'がない' : 'がある',
      day_is: `が${({ today: '今日', yesterday: '昨日', tomorrow: '明日' } as Record<string, string>)[value] ?? value}`,
      day_in: `が${value.replace(/に$/, '')}`,
      day_in_next: `が${value}以内に来る`,
      month_is: `の月が${({ this: '今月', next: '来月' } as Record<string, string>)[value] ?? `${value}月`}`,
      age: `から数えた年が${value}`,
    }
    return `${what}${said[operator]}`
  },
  event: (name, filters, count, window) => {
    if (isNone(count)) return `${window}「${name}」${filters}がない`
    const times = count && !isOnce(count) ? `が${ja.amount(count, '回')}` : 'がある'
    return `${window}「${name}」${filters}${times}`
  },
  measure: (measure, of, name, filters, is, window) =>
    `${window}「${name}」${filters}の${of}${MEASURE_JA[measure] ?? measure}が${is}`,
  edge: (which, name, filters, window) =>
    `${which === 'first' ? '最初' : '最後'}の「${name}」${filters}が${window.replace(/に$/, '')}`,
  trend: (measure, name, now, before, is) =>
    `「${name}」の${MEASURE_JA[measure] ?? measure}が${now.replace(/に$/, '')}は${before.replace(/に$/, '')}の${is}`,
  rhythm: (name, factor) => `「${name}」が自分の間隔の${factor}倍を過ぎている`,
  step: (name, within) => (within ? `${within}以内に「${name}」` : `「${name}」`),
  sequence: (steps, window, never) =>
    `${window}${steps.join('、そのあと')}の順に起きた${never ? `(間に「${never}」なし)` : ''}`,
  segment: (name, not) => `「${name}」に${not ? '入っていない' : '入っている'}`,
  known: (length) => `知ってから${length}以上たつ`,
  not: (sentence) => `「${sentence}」ではない`,
  filters: (sentences) => `(${sentences.join('、')})`,
  other: (name, times) => (times ? `${name}の${times}倍` : name),
}

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

const en: Grammar = {
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
  known: (length) => `known for at least ${length}`,
  not: (sentence) => `not: ${sentence}`,
  filters: (sentences) => ` (${sentences.join(', ')})`,
  other: (name, times) => (times ? `${times} × ${name}` : name),
}

const isNone = (count: Amount | null) =>
  count !== null && ['exactly', 'at_most'].includes(count.operator) && Number(count.of) === 0
const isOnce = (count: Amount) => count.operator === 'at_least' && Number(count.of) === 1

const span = (text: string, grammar: Grammar) => {
  const { n, unit } = spanParts(text)
  return grammar.span(n, unit)
}

/** One leaf in words; a leaf of an unknown kind as its own text. */
export const describe = (draft: Draft, not: boolean, language: 'ja' | 'en', labels: Labels): string => {
  const grammar = language === 'ja' ? ja : en
  if (kindOf(draft) === 'segment') return grammar.segment(labels.segment(String(draft.segment)), not)
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
      return grammar.rhythm(labels.event(String(draft.rhythm)), String(draft.overdue_by))
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
    default:
      return JSON.stringify(draft)
  }
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
