import { describe, expect, it } from 'vitest'
import { monthsAfter } from './review'

describe('the day of the next review', () => {
  it.each([
    ['2026-11-21', 3, '2027-02-21'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-01-31', 0, '2026-01-31'],
  ])('%s and %i months are %s', (day, months, after) => {
    expect(monthsAfter(day, months)).toBe(after)
  })
})
