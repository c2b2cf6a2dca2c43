/** Round marks on an axis, and a line through points. */

/** About `wanted` round steps, from one at or below `least` to one at or above `most`; whole numbers only. */
export const ticks = (least: number, most: number, wanted: number): number[] => {
  const top = Math.max(most, least + 1)
  const reach = top - least
  const rough = reach / Math.max(1, wanted)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => rough <= n) ?? power * 10)
  const first = Math.floor(least / step) * step
  const marks: number[] = []
  for (let mark = first; mark < top + step; mark += step) marks.push(mark)
  return marks
}

/** An SVG path through points. */
export const linePath = (points: [number, number][]): string =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${round(x)},${round(y)}`).join('')

const round = (n: number) => Math.round(n * 10) / 10
