/** 「30日ログインなし」: a few words as people say them become a condition. */
import type { Draft, Vocabulary } from '@/api/types'
import { folded } from '@/ui/search'

const CALENDAR: [RegExp, string][] = [
  [/今日|today/, 'today'],
  [/昨日|yesterday/, 'yesterday'],
  [/今週|this week/, 'this_week'],
  [/先週|last week/, 'last_week'],
  [/今月|this month/, 'this_month'],
  [/先月|last month/, 'last_month'],
  [/今年度|this fiscal year/, 'this_fiscal_year'],
  [/昨年度|last fiscal year/, 'last_fiscal_year'],
  [/今年|this year/, 'this_year'],
  [/去年|昨年|last year/, 'last_year'],
]
const SPANS: [RegExp, string][] = [
  [/(\d+)\s*(?:日|days?\b|d\b)/, 'd'],
  [/(\d+)\s*(?:週|weeks?\b|w\b)/, 'w'],
  [/(\d+)\s*(?:時間|hours?\b|h\b)/, 'h'],
]
const MONTHS = /(\d+)\s*(?:[かヶケカヵ]月|months?\b)/
const COUNTS: [RegExp, string][] = [
  [/(\d+)\s*回以上|at least (\d+)|(\d+)\s*(?:\+|or more)/, 'at_least'],
  [/(\d+)\s*回以下|at most (\d+)/, 'at_most'],
  [/(\d+)\s*回未満|(?:less|fewer) than (\d+)/, 'less_than'],
  [/(\d+)\s*(?:回|times?\b)/, 'at_least'],
]
const NONE = /なし|無し|無い|ない|せず|\bno\b|\bnot\b|\bnever\b|\bwithout\b/

/** Null unless the words name a known event and say something of when or how often. */
export const conditionIn = (text: string, { events }: Pick<Vocabulary, 'events'>): Draft | null => {
  const said = folded(text)
  const plain = text.normalize('NFKC').toLowerCase()
  const names = (event: { name: string; label: string }) => [event.label, event.name].map(folded)
  const named = events
    .flatMap((event) => names(event).map((name) => ({ event, name })))
    .filter(({ name }) => name !== '' && said.includes(name))
    .sort((a, b) => b.name.length - a.name.length)[0]
  if (!named) return null
  const count = countIn(plain)
  const window = windowIn(plain)
  if (!count && !window) return null
  return { event: named.event.name, count: count ?? { at_least: 1 }, ...(window ?? {}) }
}

const countIn = (said: string): Draft | null => {
  if (NONE.test(said)) return { exactly: 0 }
  for (const [pattern, operator] of COUNTS) {
    const n = pattern.exec(said)?.slice(1).find(Boolean)
    if (n) return { [operator]: Number(n) }
  }
  return null
}

const windowIn = (said: string): Draft | null => {
  const months = MONTHS.exec(said)?.[1]
  if (months) return { last_months: Number(months) }
  for (const [pattern, unit] of SPANS) {
    const n = pattern.exec(said)?.[1]
    if (n) return { last: `${Number(n)}${unit}` }
  }
  const period = CALENDAR.find(([pattern]) => pattern.test(said))?.[1]
  return period ? { calendar: period } : null
}
