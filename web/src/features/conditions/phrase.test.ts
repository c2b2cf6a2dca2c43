import { describe, expect, it } from 'vitest'
import { conditionIn } from './phrase'

const event = (name: string, label: string) => ({ name, label, count: 1, properties: [] })
const events = [event('login', 'ログイン'), event('purchased', '購入'), event('mail_opened', 'メール開封')]

describe('words as people say them', () => {
  it.each([
    ['30日ログインなし', { event: 'login', count: { exactly: 0 }, last: '30d' }],
    ['ろぐいん３０日なし', { event: 'login', count: { exactly: 0 }, last: '30d' }],
    ['no login in 30 days', { event: 'login', count: { exactly: 0 }, last: '30d' }],
    ['購入3回以上 90日', { event: 'purchased', count: { at_least: 3 }, last: '90d' }],
    ['3か月 購入がない', { event: 'purchased', count: { exactly: 0 }, last_months: 3 }],
    ['今月メール開封', { event: 'mail_opened', count: { at_least: 1 }, calendar: 'this_month' }],
    ['login at most 2 this week', { event: 'login', count: { at_most: 2 }, calendar: 'this_week' }],
  ])('%s', (text, draft) => {
    expect(conditionIn(text, { events })).toEqual(draft)
  })
  it.each(['ログイン', '30日', '来店 30日', ''])('says nothing of %j', (text) => {
    expect(conditionIn(text, { events })).toBeNull()
  })
})
