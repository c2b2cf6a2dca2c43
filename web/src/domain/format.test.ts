import { describe, expect, it } from 'vitest'
import {
  dayOf,
  formatAge,
  formatBytes,
  formatDateTime,
  formatNumber,
  formatPercent,
  formatRange,
  formatRelative,
  formatYen,
  instantOn,
  morningAfter,
} from './format'
import { newId } from './id'
import { charactersIn, isLongEnough } from './password'
import { nextFlip } from './why'

const now = Date.parse('2026-11-21T00:00:00.000Z')
const ja = { language: 'ja', timeZone: 'Asia/Tokyo', now } as const
const en = { language: 'en', timeZone: 'Asia/Tokyo', now } as const

describe('numbers and money', () => {
  it('follow the language', () => {
    expect(formatNumber(1234567, 'ja')).toBe('1,234,567')
    expect(formatYen('12350000', 'en')).toBe('¥12,350,000')
    expect(formatPercent(0.0115, 'en')).toBe('1.2%')
    expect(formatBytes(184233, 'en')).toBe('184.2 KB')
    expect(formatBytes(0, 'en')).toBe('0 B')
  })
  it('leave what is no number as it was written', () => {
    expect(formatYen('unknown', 'ja')).toBe('unknown')
  })
})

describe('two dates', () => {
  it('both have their year as soon as one of them is in another', () => {
    const [past, recent] = ['2024-12-01T00:00:00.000Z', '2026-10-30T00:00:00.000Z']
    expect(formatRange(past, recent, ja)).toEqual({ from: '2024/12/1', to: '2026/10/30' })
    expect(formatRange(past, recent, en)).toEqual({ from: '1 Dec 2024', to: '30 Oct 2026' })
    expect(formatRange('2026-03-01T00:00:00.000Z', recent, ja)).toEqual({ from: '3/1', to: '10/30' })
    expect(formatRange(past, 'never', ja)).toEqual({ from: '2024/12/1', to: 'never' })
  })
})

describe('instants', () => {
  it('are shown in the time zone of the workspace, with the year only when it is another one', () => {
    expect(formatDateTime('2026-11-20T15:30:00.000Z', ja)).toBe('11/21 00:30')
    expect(formatDateTime('2025-12-31T16:00:00.000Z', ja)).toBe('1/1 01:00')
    expect(formatDateTime('2024-03-01T00:00:00.000Z', ja)).toBe('2024/3/1 09:00')
    expect(formatDateTime('not an instant', ja)).toBe('not an instant')
  })
  it('are told by their distance from the server’s now', () => {
    expect(formatRelative('2026-11-20T23:59:40.000Z', ja)).toBe('今')
    expect(formatRelative('2026-11-18T00:00:00.000Z', ja)).toBe('3 日前')
    expect(formatRelative('2026-11-23T00:00:00.000Z', en)).toBe('in 2 days')
    expect(formatAge('2026-11-18T00:00:00.000Z', en)).toBe('3d')
    expect(formatAge('2026-11-20T22:00:00.000Z', ja)).toBe('2 時間')
  })
  it('belong to the local day', () => {
    expect(dayOf('2026-11-20T15:00:00.000Z', 'Asia/Tokyo')).toBe('2026-11-21')
    expect(dayOf('2026-11-20T14:59:59.999Z', 'Asia/Tokyo')).toBe('2026-11-20')
    expect(instantOn('2026-11-25', 'Asia/Tokyo')).toBe('2026-11-25T00:00:00.000Z')
    expect(instantOn('2026-07-01', 'America/New_York')).toBe('2026-07-01T13:00:00.000Z')
    expect(morningAfter(3, now, 'Asia/Tokyo')).toBe('2026-11-24T00:00:00.000Z')
  })
})

describe('passwords', () => {
  it('are long enough from fifteen characters, counted as people see them', () => {
    expect(isLongEnough('a'.repeat(14))).toBe(false)
    expect(isLongEnough('a'.repeat(15))).toBe(true)
    expect(charactersIn('葛󠄀城👩‍👩‍👧')).toBe(3)
  })
})

describe('reasons', () => {
  it('flip first where the earliest part flips', () => {
    const leaf = (at: string | null) => ({ holds: true, may_change_at: at, children: [] })
    const tree = {
      holds: true,
      may_change_at: null,
      children: [leaf('2026-12-01T00:00:00Z'), leaf('2026-11-25T00:00:00Z'), leaf(null)],
    }
    expect(nextFlip(tree)).toBe('2026-11-25T00:00:00Z')
    expect(nextFlip(leaf(null))).toBeNull()
  })
})

describe('ids made here', () => {
  it('are version 4 and never the same', () => {
    const ids = Array.from({ length: 100 }, newId)
    expect(new Set(ids).size).toBe(100)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
