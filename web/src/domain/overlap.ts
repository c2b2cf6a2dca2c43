/**
 * How the segments lie in one another, from the number of members each two have in common.
 *
 * `both` is the upper triangle with its diagonal: `both[a][b - a]` for `a <= b`, in the order of `segments`.
 */

export type Sized = { id: string; count: number }
export type Relations<Segment extends Sized = Sized> = { segments: Segment[]; both: number[][] }

export const inCommon = ({ both }: Relations, a: number, b: number): number => {
  const [low, high] = a < b ? [a, b] : [b, a]
  return both[low]?.[high - low] ?? 0
}

/** The share of `inner` that lies in `outer`, 0 to 1; an empty segment lies nowhere. */
export const shareInside = (relations: Relations, inner: number, outer: number): number => {
  const size = relations.segments[inner]?.count ?? 0
  return size === 0 ? 0 : inCommon(relations, inner, outer) / size
}

/** Members in common among all members of the two, 0 to 1. */
export const likeness = (relations: Relations, a: number, b: number): number => {
  const common = inCommon(relations, a, b)
  const all = (relations.segments[a]?.count ?? 0) + (relations.segments[b]?.count ?? 0) - common
  return all === 0 ? 0 : common / all
}

/**
 * An order in which neighbours are alike: starts with the largest and goes on to whichever is most like the last three.
 * Ties go to the larger, then to the order given. Empty segments come last.
 */
export const clustered = (relations: Relations): number[] => {
  const { segments } = relations
  const bySize = segments.map((_, at) => at).sort((a, b) => countAt(segments, b) - countAt(segments, a) || a - b)
  const waiting = bySize.filter((at) => 0 < countAt(segments, at))
  const empty = bySize.filter((at) => countAt(segments, at) === 0)
  const order: number[] = []
  while (waiting.length > 0) {
    const last = order.slice(-3)
    let best = 0
    let most = -1
    for (const [place, at] of waiting.entries()) {
      const near = last.reduce((sum, other, n) => sum + likeness(relations, at, other) * (n + 1), 0)
      if (most < near) {
        best = place
        most = near
      }
    }
    const [next] = waiting.splice(best, 1)
    order.push(next as number)
  }
  return [...order, ...empty]
}

const countAt = (segments: Sized[], at: number) => segments[at]?.count ?? 0

/** The same for some segments only, in the order in which they stand. */
export const among = <Segment extends Sized, Told extends Relations<Segment>>(
  relations: Told & Relations<Segment>,
  keeps: (segment: Segment) => boolean,
): Told & Relations<Segment> => {
  const kept = relations.segments.flatMap((segment, at) => (keeps(segment) ? [{ segment, at }] : []))
  return {
    ...relations,
    segments: kept.map(({ segment }) => segment),
    both: kept.map((one, place) => kept.slice(place).map((other) => inCommon(relations, one.at, other.at))),
  }
}

/** The largest so many, in the order in which they stand. */
export const largest = <Segment extends Sized, Told extends Relations<Segment>>(
  relations: Told & Relations<Segment>,
  most: number,
): Told & Relations<Segment> => {
  if (relations.segments.length <= most) return relations
  const bySize = relations.segments.toSorted((a, b) => b.count - a.count).slice(0, most)
  const kept = new Set(bySize.map(({ id }) => id))
  return among(relations, ({ id }) => kept.has(id))
}

export type Finding =
  | { kind: 'same'; a: string; b: string; likeness: number }
  | { kind: 'inside'; inner: string; outer: string; share: number }
  | { kind: 'empty'; id: string }

const ALIKE_FROM = 0.9
/** A segment that holds nearly everybody contains every other; that says nothing about them. */
const NEARLY_EVERYBODY = 0.9

/** What a look over all segments should find: two that are nearly one, one that lies wholly in another, nobody in. */
export const findings = (relations: Relations, everybody: number): Finding[] => {
  const { segments } = relations
  const found: Finding[] = []
  for (const [a, one] of segments.entries()) {
    if (one.count === 0) found.push({ kind: 'empty', id: one.id })
    for (let b = a + 1; b < segments.length; b += 1) {
      const other = segments[b] as Sized
      if (one.count === 0 || other.count === 0) continue
      const alike = likeness(relations, a, b)
      if (ALIKE_FROM < alike) {
        found.push({ kind: 'same', a: one.id, b: other.id, likeness: alike })
        continue
      }
      const [inner, outer] = one.count <= other.count ? [one, other] : [other, one]
      const within = inCommon(relations, a, b) === inner.count
      if (within && outer.count < everybody * NEARLY_EVERYBODY) {
        found.push({ kind: 'inside', inner: inner.id, outer: outer.id, share: inner.count / outer.count })
      }
    }
  }
  return found.sort((x, y) => weight(y) - weight(x))
}

/** Duplicates first, the most alike on top; then those inside others, the fullest on top; then the empty. */
const weight = (finding: Finding): number => {
  switch (finding.kind) {
    case 'same':
      return 4 + finding.likeness
    case 'inside':
      return 2 + finding.share
    case 'empty':
      return 0
  }
}
