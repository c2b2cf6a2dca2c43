/**
 * Divides a rectangle among sizes, each piece as near to a square as it gets.
 *
 *   ┌─────────┬─────┐   Rows are laid along the shorter side; a row takes one more piece
 *   │         │  2  │   for as long as its worst piece becomes squarer by it.
 *   │    1    ├──┬──┤
 *   │         │3 │4 │
 *   └─────────┴──┴──┘
 */

export type Box = { x: number; y: number; width: number; height: number }
export type Piece<Item> = Box & { item: Item }

/** Largest first; ties in the order given. Sizes of zero or less get no piece. The pieces fill the box. */
export const treemap = <Item>(items: Item[], sizeOf: (item: Item) => number, box: Box): Piece<Item>[] => {
  const sized = items
    .map((item) => ({ item, size: sizeOf(item) }))
    .filter(({ size }) => 0 < size)
    .sort((a, b) => b.size - a.size)
  const total = sized.reduce((sum, { size }) => sum + size, 0)
  const area = box.width * box.height
  if (total === 0 || area <= 0) return []
  const pieces: Piece<Item>[] = []
  let rest = box
  let row: { item: Item; area: number }[] = []
  for (const { item, size } of sized) {
    const next = { item, area: (size / total) * area }
    const side = Math.min(rest.width, rest.height)
    if (0 < row.length && worst(row, side) < worst([...row, next], side)) {
      rest = lay(row, rest, pieces)
      row = []
    }
    row.push(next)
  }
  lay(row, rest, pieces)
  return pieces
}

/** How far the worst piece of a row is from a square: 1 is a square. */
const worst = (row: { area: number }[], side: number): number => {
  const sum = row.reduce((total, { area }) => total + area, 0)
  const thick = sum / side
  return Math.max(...row.map(({ area }) => Math.max(thick / (area / thick), area / thick / thick)))
}

const lay = <Item>(row: { item: Item; area: number }[], rest: Box, pieces: Piece<Item>[]): Box => {
  const sum = row.reduce((total, { area }) => total + area, 0)
  const down = rest.height <= rest.width
  const thick = sum / (down ? rest.height : rest.width)
  let along = 0
  for (const { item, area } of row) {
    const length = area / thick
    pieces.push(
      down
        ? { item, x: rest.x, y: rest.y + along, width: thick, height: length }
        : { item, x: rest.x + along, y: rest.y, width: length, height: thick },
    )
    along += length
  }
  return down
    ? { x: rest.x + thick, y: rest.y, width: rest.width - thick, height: rest.height }
    : { x: rest.x, y: rest.y + thick, width: rest.width, height: rest.height - thick }
}
