/** Numbers, money, days and spans of time as people of each language write them. */

export type Language = 'ja' | 'en'

const locale = (language: Language) => (language === 'ja' ? 'ja-JP' : 'en-GB')

export const formatNumber = (n: number, language: Language) => new Intl.NumberFormat(locale(language)).format(n)

export const formatPercent = (share: number, language: Language) =>
  new Intl.NumberFormat(locale(language), { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(
    share,
  )

/** `amount` is a decimal as text; yen has no smaller part. */
export const formatYen = (amount: string, language: Language) => {
  const yen = Number(amount)
  if (!Number.isFinite(yen)) return amount
  return new Intl.NumberFormat(locale(language), {
    style: 'currency',
    currency: 'JPY',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  }).format(yen)
}

export const formatBytes = (bytes: number, language: Language) => {
  const units = ['B', 'KB', 'MB', 'GB']
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1000)))
  const shown = new Intl.NumberFormat(locale(language), { maximumFractionDigits: 1 }).format(bytes / 1000 ** step)
  return `${shown} ${units[step]}`
}

type When = { language: Language; timeZone: string; now: number }

/** 11月21日(土) 09:30, with the year when it is another one. */
export const formatDateTime = (instant: string, when: When) => formatted(instant, when, true)
export const formatDate = (instant: string, when: When) => formatted(instant, when, false)

/** A day written `2027-03-01`, with its year when that is another one. A day is the same in every zone. */
export const formatPlainDay = (day: string, when: When) => formatDate(`${day}T00:00:00Z`, { ...when, timeZone: 'UTC' })

/** Two dates of which one is in another year than now: both have their year, so that neither is taken for this one's. */
export const formatRange = (from: string, to: string, when: When, withTime = false): { from: string; to: string } => {
  const year = (at: string | number) =>
    new Intl.DateTimeFormat('en', { timeZone: when.timeZone, year: 'numeric' }).format(new Date(at))
  const isNow = [from, to].every((at) => Number.isNaN(Date.parse(at)) || year(at) === year(when.now))
  const said = isNow ? when : { ...when, now: Number.NEGATIVE_INFINITY }
  return { from: formatted(from, said, withTime), to: formatted(to, said, withTime) }
}

const formatted = (instant: string, { language, timeZone, now }: When, withTime: boolean) => {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  const year = (date: Date | number) => new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(date)
  return new Intl.DateTimeFormat(locale(language), {
    timeZone,
    ...(Number.isFinite(now) && year(at) === year(now) ? {} : { year: 'numeric' }),
    month: language === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    ...(withTime ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
  }).format(at)
}

/** The local day an instant falls on, as `2026-11-21`: for grouping, not for showing. */
export const dayOf = (instant: string, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  )

/** A whole local day with its weekday. */
export const formatDay = (instant: string, { language, timeZone }: When) =>
  new Intl.DateTimeFormat(locale(language), {
    timeZone,
    year: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(new Date(instant))

export const formatTime = (instant: string, { language, timeZone }: When) =>
  new Intl.DateTimeFormat(locale(language), { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  )

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 60],
  ['day', 24],
  ['month', 30],
  ['year', 12],
]

/** 3日前, in 2 hours. Under a minute is "now" in either direction. */
export const formatRelative = (instant: string, { language, now }: When) => {
  const format = new Intl.RelativeTimeFormat(locale(language), { numeric: 'auto', style: 'short' })
  let count = (new Date(instant).getTime() - now) / 1000
  let shown: [number, Intl.RelativeTimeFormatUnit] = [0, 'second']
  for (const [unit, size] of STEPS) {
    count /= size
    if (Math.abs(count) < 1) break
    shown = [Math.trunc(count), unit]
  }
  return format.format(...shown)
}

/** How old something is, short: 3日, 2h. */
export const formatAge = (instant: string, { language, now }: When) => {
  const minutes = Math.max(0, (now - new Date(instant).getTime()) / 60_000)
  const [n, unit]: [number, Intl.RelativeTimeFormatUnit] =
    minutes < 60 ? [minutes, 'minute'] : minutes < 48 * 60 ? [minutes / 60, 'hour'] : [minutes / 1440, 'day']
  return new Intl.NumberFormat(locale(language), {
    style: 'unit',
    unit,
    unitDisplay: language === 'ja' ? 'short' : 'narrow',
    maximumFractionDigits: 0,
  }).format(Math.floor(n))
}

/** Instants a few local days ahead, at nine in the morning of that day. */
export const morningAfter = (days: number, now: number, timeZone: string): string => {
  const day = dayOf(new Date(now + days * 86_400_000).toISOString(), timeZone)
  return instantOn(day, timeZone)
}

/** Nine in the morning of a local day `2026-11-21`, as an instant. */
export const instantOn = (day: string, timeZone: string): string => instantAt(day, '09:00', timeZone)

/** The first instant of a local day. */
export const startOfDay = (day: string, timeZone: string): string => instantAt(day, '00:00', timeZone)

const instantAt = (day: string, time: string, timeZone: string): string => {
  const guess = Date.parse(`${day}T${time}:00Z`)
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(guess)
  const offset = Date.parse(`${shown.replace(' ', 'T')}Z`) - guess
  return new Date(guess - offset).toISOString()
}
