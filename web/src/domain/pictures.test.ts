import { describe, expect, it } from 'vitest'
import { layFlow } from './flow'
import { among, clustered, findings, inCommon, largest, likeness, type Relations, shareInside } from './overlap'
import { treemap } from './treemap'

/** A small generator with a seed, so that a failure can be told and found again. */
const dice = (seed: number) => {
  let state = seed >>> 0
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('a treemap', () => {
  const box = { x: 0, y: 0, width: 640, height: 360 }
  it.each([1, 2, 3, 4, 5])('fills its box without overlaps, each piece as large as its size (seed %i)', (seed) => {
    const roll = dice(seed)
    const sizes = Array.from({ length: 1 + roll(40) }, () => roll(1000))
    const pieces = treemap(sizes, (size) => size, box)
    expect(pieces.length).toBe(sizes.filter((size) => 0 < size).length)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    for (const { item, x, y, width, height } of pieces) {
      expect(width * height).toBeCloseTo((item / total) * 640 * 360, 3)
      expect(Math.min(x, y, 640.001 - x - width, 360.001 - y - height)).toBeGreaterThanOrEqual(-0.001)
    }
    for (const [at, a] of pieces.entries()) {
      for (const b of pieces.slice(at + 1)) {
        const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
        const tall = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
        expect(Math.min(wide, tall)).toBeLessThan(0.001)
      }
    }
  })
  it('keeps pieces near squares', () => {
    const pieces = treemap([6, 6, 4, 3, 2, 2, 1], (size) => size, { x: 0, y: 0, width: 6, height: 4 })
    for (const { width, height } of pieces) expect(Math.max(width / height, height / width)).toBeLessThanOrEqual(3)
  })
  it('is empty when nobody is anywhere', () => {
    expect(treemap([0, 0], (size) => size, box)).toEqual([])
  })
})

/** Relations of sets given by their members. */
const relationsOf = (sets: Record<string, number[]>): Relations => {
  const entries = Object.entries(sets)
  const common = (a: number[], b: number[]) => a.filter((member) => b.includes(member)).length
  return {
    segments: entries.map(([id, members]) => ({ id, count: members.length })),
    both: entries.map(([, members], at) => entries.slice(at).map(([, others]) => common(members, others))),
  }
}
const upTo = (n: number, from = 0) => Array.from({ length: n }, (_, at) => from + at)

describe('overlap', () => {
  const relations = relationsOf({
    wide: upTo(60),
    part: upTo(20, 10),
    twin: upTo(20, 11),
    apart: upTo(10, 80),
    nobody: [],
  })
  it('is read the same from both sides', () => {
    expect(inCommon(relations, 0, 1)).toBe(20)
    expect(inCommon(relations, 1, 0)).toBe(20)
    expect(inCommon(relations, 1, 1)).toBe(20)
    expect(shareInside(relations, 1, 0)).toBe(1)
    expect(shareInside(relations, 0, 1)).toBeCloseTo(1 / 3)
    expect(shareInside(relations, 4, 0)).toBe(0)
    expect(likeness(relations, 1, 2)).toBeCloseTo(19 / 21)
  })
  it('puts those that are alike beside each other and the empty last', () => {
    const order = clustered(relations).map((at) => relations.segments[at]?.id)
    expect(order).toHaveLength(5)
    expect(order.at(-1)).toBe('nobody')
    expect(Math.abs(order.indexOf('part') - order.indexOf('twin'))).toBe(1)
  })
  it('finds the nearly same, the wholly inside and the empty', () => {
    const found = findings(relations, 100)
    expect(found.map(({ kind }) => kind)).toEqual(['same', 'inside', 'inside', 'empty'])
    expect(found[0]).toMatchObject({ a: 'part', b: 'twin' })
  })
  it('of some segments is that of all, and the largest stay', () => {
    const sizes = relations.segments.map(({ count }) => count).toSorted((a, b) => b - a)
    const few = largest(relations, 2)
    expect(few.segments.map(({ count }) => count).toSorted((a, b) => b - a)).toEqual(sizes.slice(0, 2))
    const at = few.segments.map(({ id }) => relations.segments.findIndex((segment) => segment.id === id))
    expect(inCommon(few, 0, 1)).toBe(inCommon(relations, at[0] ?? 0, at[1] ?? 0))
    expect(inCommon(few, 1, 1)).toBe(few.segments[1]?.count)
    expect(largest(relations, 99)).toBe(relations)
    expect(among(relations, () => false)).toEqual({ segments: [], both: [] })
  })
  it('does not count being inside everybody', () => {
    expect(findings(relations, 62).map(({ kind }) => kind)).toEqual(['same', 'empty'])
  })
})

describe('flow', () => {
  it.each([7, 8, 9])('fills each group exactly with its bands (seed %i)', (seed) => {
    const roll = dice(seed)
    const ids = ['a', 'b', 'c']
    const ends = [...ids, null]
    const cells = ends.flatMap((a) => ends.map((b) => ({ a, b, count: roll(3) === 0 ? 0 : 1 + roll(400) })))
    const { before, now, bands } = layFlow(cells, ids, 400)
    const shown = cells.filter(({ a, b }) => a !== null || b !== null)
    expect(bands.reduce((sum, { count }) => sum + count, 0)).toBe(shown.reduce((sum, { count }) => sum + count, 0))
    for (const side of [before, now]) {
      for (const [at, node] of side.entries()) expect(node.y - (side[at - 1]?.y ?? -100)).toBeGreaterThan(39.9)
    }
    for (const [side, end, edge] of [
      [before, 'a', 'from'],
      [now, 'b', 'to'],
    ] as const) {
      for (const node of side) {
        const mine = bands.filter((band) => band[end] === node.id).toSorted((x, y) => x[edge] - y[edge])
        let y = node.y
        for (const band of mine) {
          expect(band[edge]).toBeCloseTo(y)
          y += band.width
        }
      }
    }
  })
  it('leaves out who is nowhere and never was', () => {
    expect(layFlow([{ a: 'a', b: null, count: 0 }], ['a'], 100)).toMatchObject({ before: [], now: [], bands: [] })
  })
})
