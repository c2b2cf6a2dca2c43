/** A side of a table as it stands in the address: `recency:purchased:30,90`, the same words as on the command line. */
export type Axis =
  | { by: 'recency'; event: string; edges?: number[] }
  | { by: 'frequency'; event: string; days: number; edges?: number[] }
  | { by: 'amount'; event: string; of: string; days: number; edges?: string[] }
  | { by: 'attribute'; key: string; values?: unknown[] }
  | { by: 'segments'; ids: string[] }
export type Shown = { show: 'share'; segment: string } | { show: 'amount'; event: string; of: string; days: number }
export type AxisKind = Axis['by']

export const AXIS_KINDS: readonly AxisKind[] = ['recency', 'frequency', 'amount', 'attribute', 'segments']

const listed = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((part) => decodeURIComponent(part.trim()))
    .filter((part) => part !== '')
const numbers = (text: string | undefined) =>
  listed(text)
    .map(Number)
    .filter((n) => Number.isInteger(n) && 0 < n)
const daysIn = (text: string | undefined) => {
  const days = Number(text)
  return Number.isInteger(days) && 0 < days ? days : 365
}
/** Colons and commas part the words, so a name that has them is written otherwise. */
const safe = (text: string) => text.replaceAll(/[%:,]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
const joined = (parts: (string | number)[]) => parts.map((part) => safe(String(part))).join(',')

/** Values are written as JSON scalars, so that a number stays one. */
const scalar = (text: string): unknown => {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' ? text : read
  } catch {
    return text
  }
}
const spelt = (value: unknown) => (typeof value === 'string' && scalar(value) === value ? value : JSON.stringify(value))

export const readAxis = (text: string): Axis | null => {
  const [by, first = '', second, third, fourth] = text.split(':')
  const name = decodeURIComponent(first)
  if (name === '') return null
  if (by === 'recency') return { by, event: name, edges: numbers(second) }
  if (by === 'frequency') return { by, event: name, days: daysIn(second), edges: numbers(third) }
  if (by === 'amount') {
    return { by, event: name, of: decodeURIComponent(second ?? ''), days: daysIn(third), edges: listed(fourth) }
  }
  if (by === 'attribute') return { by, key: name, values: listed(second).map(scalar) }
  if (by === 'segments') return { by, ids: listed(first) }
  return null
}

export const writeAxis = (axis: Axis): string => {
  const parts = (...all: (string | number)[]) => all.join(':').replace(/:$/, '')
  switch (axis.by) {
    case 'recency':
      return parts(axis.by, safe(axis.event), joined(axis.edges ?? []))
    case 'frequency':
      return parts(axis.by, safe(axis.event), axis.days, joined(axis.edges ?? []))
    case 'amount':
      return parts(axis.by, safe(axis.event), safe(axis.of), axis.days, joined(axis.edges ?? []))
    case 'attribute':
      return parts(axis.by, safe(axis.key), joined((axis.values ?? []).map(spelt)))
    case 'segments':
      return parts(axis.by, joined(axis.ids))
  }
}

export const readShown = (text: string): Shown | null => {
  const [show, first = '', of = '', days] = text.split(':')
  if (show === 'share' && first !== '') return { show, segment: decodeURIComponent(first) }
  if (show === 'amount' && first !== '' && of !== '') {
    return { show, event: decodeURIComponent(first), of: decodeURIComponent(of), days: daysIn(days) }
  }
  return null
}

export const writeShown = (shown: Shown): string =>
  shown.show === 'share'
    ? `share:${safe(shown.segment)}`
    : `amount:${safe(shown.event)}:${safe(shown.of)}:${shown.days}`

/** The edges of an axis as they are typed. */
export const edgesOf = (axis: Axis): string => {
  if (axis.by === 'attribute') return (axis.values ?? []).map(spelt).join(', ')
  return axis.by === 'segments' ? axis.ids.join(', ') : (axis.edges ?? []).join(', ')
}

/** The same axis with edges as they were typed; full-width digits and commas are as good. */
export const withEdges = (axis: Axis, typed: string): Axis => {
  const text = typed.normalize('NFKC').replaceAll(/[、，]/g, ',')
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  switch (axis.by) {
    case 'recency':
    case 'frequency':
      return { ...axis, edges: parts.map(Number).filter((n) => Number.isInteger(n) && 0 < n) }
    case 'amount':
      return { ...axis, edges: parts.filter((part) => Number.isFinite(Number(part))) }
    case 'attribute':
      return { ...axis, values: parts.map(scalar) }
    case 'segments':
      return { ...axis, ids: parts }
  }
}
