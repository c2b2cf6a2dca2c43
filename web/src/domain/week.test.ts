import { describe, expect, it } from 'vitest'
import { isDay, mondayOf, shiftDay } from './week'

describe('weeks', () => {
  it('begin on Monday, also for a Sunday', () => {
    expect(mondayOf('2026-11-30')).toBe('2026-11-30')
    expect(mondayOf('2026-12-06')).toBe('2026-11-30')
    expect(mondayOf('2027-01-01')).toBe('2026-12-28')
  })
  it('go over the ends of months and leap days', () => {
    expect(shiftDay('2028-02-28', 1)).toBe('2028-02-29')
    expect(shiftDay('2026-03-01', -1)).toBe('2026-02-28')
  })
  it('tell days from other text', () => {
    expect(isDay('2026-11-30')).toBe(true)
    expect([isDay('2026-13-45'), isDay('soon'), isDay(undefined)]).toEqual([false, false, false])
  })
})
