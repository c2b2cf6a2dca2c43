import { describe, expect, it } from 'vitest'
import { ailmentsOf, type Listed, SORTS, sorted } from './segment-list'

const row = (part: Partial<Listed>): Listed => ({
  id: part.name ?? 'x',
  name: 'x',
  golden: null,
  count: 20,
  entered_7d: 0,
  left_7d: 0,
  owner: '佐藤',
  review_on: '2027-03-01',
  review_overdue: false,
  changed_at: '2026-11-21T00:00:00Z',
  next_action: '電話する',
  used_by: [],
  faults: [],
  retired: false,
  ...part,
})

describe('what is wrong with a segment', () => {
  it.each([
    [{}, []],
    [{ count: 0 }, ['empty']],
    [{ count: 0, faults: [{}] }, ['faulty']],
    [{ owner: null, next_action: '' }, ['no_action', 'no_owner']],
    [{ review_overdue: true }, ['overdue']],
    [{ review_on: null }, ['no_review']],
    // From 20 to 27 is 35 percent, from 20 to 26 is 30.
    [{ count: 27, entered_7d: 7 }, ['jumped']],
    [{ count: 26, entered_7d: 6 }, []],
    [{ count: 13, left_7d: 7 }, ['jumped']],
    // From 5 to 10 is nothing to speak of.
    [{ count: 10, entered_7d: 5 }, []],
  ])('%j: %j', (part, ailments) => {
    expect(ailmentsOf(row(part))).toEqual(ailments)
  })
})

describe('the order of a list', () => {
  const rows = [
    row({ name: 'b', count: 5, entered_7d: 3, owner: null, used_by: ['a'] }),
    row({ name: 'a', count: 5, left_7d: 3, owner: '鈴木' }),
    row({ name: 'c10', count: 50, owner: '安藤', used_by: ['a', 'b'] }),
    row({ name: 'c9', count: 1, owner: null }),
  ]
  const names = (by: (typeof SORTS)[number], down: boolean) => sorted(rows, { by, down }, 'ja').map(({ name }) => name)

  it('is by the column, then by name, numbers in names as numbers', () => {
    expect(names('name', false)).toEqual(['a', 'b', 'c9', 'c10'])
    expect(names('count', true)).toEqual(['c10', 'a', 'b', 'c9'])
    expect(names('change', false)).toEqual(['a', 'c9', 'c10', 'b'])
    expect(names('used', true)).toEqual(['c10', 'b', 'a', 'c9'])
  })
  it('keeps those without an owner at the end either way', () => {
    expect(names('owner', false).slice(-2)).toEqual(['b', 'c9'])
    expect(names('owner', true).slice(-2)).toEqual(['b', 'c9'])
  })
  it('loses nobody', () => {
    for (const by of SORTS) expect(names(by, true).toSorted()).toEqual(['a', 'b', 'c10', 'c9'])
  })
})
