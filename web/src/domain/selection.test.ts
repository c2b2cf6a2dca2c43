import { describe, expect, it } from 'vitest'
import { asChosen, countOf, EVERYBODY, has, NOBODY, type Selection, withRows } from './selection'

describe('a selection', () => {
  it('of some grows and shrinks by rows', () => {
    const two = withRows(NOBODY, ['a', 'b'], true)
    expect(countOf(two, 10)).toBe(2)
    expect(asChosen(withRows(two, ['a'], false), {}, 10)).toEqual({ keys: ['b'] })
  })
  it('of all knows whom it leaves out, and how many are left', () => {
    const most = withRows(EVERYBODY, ['a', 'b'], false)
    expect(countOf(most, 12_345)).toBe(12_343)
    expect([has(most, 'a'), has(most, 'c')]).toEqual([false, true])
    const filter = { rep: '佐藤' }
    expect(asChosen(withRows(most, ['a'], true), filter, 12_345)).toEqual({ filter, except: ['b'], expected: 12_344 })
  })
  it('chooses and lets go as a list of flags would', () => {
    const rows = ['a', 'b', 'c', 'd', 'e']
    let seed = 7
    const dice = (n: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % n
    }
    for (const start of [NOBODY, EVERYBODY]) {
      let selection: Selection = start
      const flags = new Map(rows.map((row) => [row, start === EVERYBODY]))
      for (let step = 0; step < 200; step += 1) {
        const some = rows.filter(() => dice(2) === 0)
        const chosen = dice(2) === 0
        selection = withRows(selection, some, chosen)
        for (const row of some) flags.set(row, chosen)
        expect(rows.filter((row) => has(selection, row))).toEqual(rows.filter((row) => flags.get(row)))
        expect(countOf(selection, rows.length)).toBe([...flags.values()].filter(Boolean).length)
      }
    }
  })
})
