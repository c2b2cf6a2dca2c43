/**
 * People moving between groups from one instant to another, as bands between two columns.
 *
 *   then          now
 *   ▌ A ═══════╗  ▌ A
 *   ▌ B ════╗  ╚══▌ B      A band is as wide as the number of people in it; groups keep the
 *   ▌ none  ╚═════▌ none   same order on both sides, so that a straight band means "stayed".
 */

/** `null` stands for being in none of the groups. */
export type Cell = { a: string | null; b: string | null; count: number }
export type Node = { id: string | null; n: number; y: number; height: number }
export type Band = Cell & { from: number; to: number; width: number }
export type Flow = { before: Node[]; now: Node[]; bands: Band[]; height: number }

const GAP = 10
const LEAST = 2
/** A group takes at least so much room, so that its name has a place. */
const LEAST_ROOM = 30

/**
 * Lays the cells out, scaled to a height; many small groups make it higher. Groups come in the order of `ids`, then "none". A cell
 * with nobody has no band, nor have those who were and are in none of the groups: they would leave no room for the others.
 */
export const layFlow = (cells: Cell[], ids: string[], height: number): Flow => {
  const groups: (string | null)[] = [...ids, null]
  const peopled = cells.filter(({ a, b, count }) => 0 < count && (a !== null || b !== null))
  const total = peopled.reduce((sum, { count }) => sum + count, 0)
  const side = (end: 'a' | 'b') =>
    groups
      .map((id) => ({ id, n: peopled.reduce((sum, cell) => (cell[end] === id ? sum + cell.count : sum), 0) }))
      .filter(({ n }) => 0 < n)
  const [left, right] = [side('a'), side('b')]
  const room = height - GAP * Math.max(0, Math.max(left.length, right.length) - 1)
  const scale = total === 0 ? 0 : room / total
  const before = stack(left, scale)
  const now = stack(right, scale)
  const place = (id: string | null) => groups.indexOf(id)
  const ordered = peopled.toSorted((x, y) => place(x.a) - place(y.a) || place(x.b) - place(y.b))
  const filled = { a: new Map<string | null, number>(), b: new Map<string | null, number>() }
  const ends = new Map<Cell, { from: number; to: number }>()
  for (const cell of ordered) ends.set(cell, { from: take(cell, 'a', before, filled.a, scale), to: 0 })
  for (const cell of peopled.toSorted((x, y) => place(x.b) - place(y.b) || place(x.a) - place(y.a))) {
    const end = ends.get(cell)
    if (end) end.to = take(cell, 'b', now, filled.b, scale)
  }
  const bands = ordered.map((cell) => ({
    ...cell,
    ...(ends.get(cell) ?? { from: 0, to: 0 }),
    width: cell.count * scale,
  }))
  const reach = (nodes: Node[]) =>
    nodes.reduce((most, { y, height: tall }) => Math.max(most, y + Math.max(tall, LEAST_ROOM)), 0)
  return { before, now, bands, height: Math.max(reach(before), reach(now)) }
}

const stack = (groups: { id: string | null; n: number }[], scale: number): Node[] => {
  let y = 0
  return groups.map(({ id, n }) => {
    const node = { id, n, y, height: Math.max(LEAST, n * scale) }
    y += Math.max(node.height, LEAST_ROOM) + GAP
    return node
  })
}

/** The upper edge of the next free piece of a group's side. */
const take = (cell: Cell, end: 'a' | 'b', nodes: Node[], filled: Map<string | null, number>, scale: number): number => {
  const id = cell[end]
  const used = filled.get(id) ?? 0
  filled.set(id, used + cell.count * scale)
  return (nodes.find((node) => node.id === id)?.y ?? 0) + used
}

/** The outline of a band between two columns `width` apart. */
export const bandPath = ({ from, to, width: thick }: Band, x: number, width: number): string => {
  const middle = x + width / 2
  const end = x + width
  const t = Math.max(thick, 1)
  return `M${x},${from}C${middle},${from} ${middle},${to} ${end},${to}L${end},${to + t}C${middle},${to + t} ${middle},${from + t} ${x},${from + t}Z`
}
