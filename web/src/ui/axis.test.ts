import { describe, expect, it } from 'vitest'
import { linePath, ticks } from './axis'

describe('an axis', () => {
  it('has round marks that enclose what is drawn', () => {
    expect(ticks(0, 97, 4)).toEqual([0, 50, 100])
    expect(ticks(0, 3, 4)).toEqual([0, 1, 2, 3])
    expect(ticks(1180, 1260, 4)[0]).toBeLessThanOrEqual(1180)
    expect(ticks(1180, 1260, 4).at(-1)).toBeGreaterThanOrEqual(1260)
    expect(ticks(0, 0, 4)).toEqual([0, 1])
  })
  it('carries a line', () => {
    expect(
      linePath([
        [0, 1],
        [2.04, 3],
      ]),
    ).toBe('M0,1L2,3')
  })
})
