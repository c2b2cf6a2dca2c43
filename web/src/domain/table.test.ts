import { describe, expect, it } from 'vitest'
import { edgesOf, readAxis, readShown, withEdges, writeAxis, writeShown } from './table'

describe('a side of a table in the address', () => {
  it('comes back as it was written', () => {
    for (const text of [
      'recency:purchased:30,90',
      'recency:purchased',
      'frequency:page_viewed:180:1,3',
      'amount:purchased:amount:365:1000,5000.5',
      'attribute:industry:製造,小売',
      'attribute:industry',
      'segments:golden-loyal,golden-at-risk',
    ]) {
      const axis = readAxis(text)
      expect(axis && writeAxis(axis), text).toBe(text)
    }
  })
  it('keeps what parts words apart inside a name', () => {
    const axis = { by: 'recency' as const, event: 'a:b,c%', edges: [3] }
    expect(readAxis(writeAxis(axis))).toEqual(axis)
  })
  it('keeps a number a number and a text of digits a text', () => {
    const axis = { by: 'attribute' as const, key: 'seats', values: [12, '12', true] }
    expect(readAxis(writeAxis(axis))).toEqual(axis)
  })
  it('is nothing when it says nothing', () => {
    for (const text of ['', 'recency', 'recency:', 'colour:red', 'share:x']) expect(readAxis(text), text).toBeNull()
  })
  it('says what is shown', () => {
    for (const text of ['share:won', 'amount:purchased:amount:90']) {
      const shown = readShown(text)
      expect(shown && writeShown(shown)).toBe(text)
    }
    expect(readShown('amount:purchased')).toBeNull()
  })
  it('takes edges in any width', () => {
    const axis = withEdges({ by: 'recency', event: 'purchased', edges: [] }, '３０、 ９０,x, 0')
    expect(edgesOf(axis)).toBe('30, 90')
  })
})
