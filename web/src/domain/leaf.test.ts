import { describe, expect, it } from 'vitest'
import type { Draft } from './condition-tree'
import { type Labels, describe as say } from './describe'
import { kindOf, LEAF_KINDS, newLeaf, understands } from './leaf'
import {
  amountDraft,
  amountOf,
  OPERATORS,
  type Window,
  windowOf,
  windowOfLast,
  withOperator,
  withWindow,
  withWindowOfLast,
} from './leaf-parts'

const words = {
  event: 'login',
  attribute: 'plan',
  order: ['free', 'pro'],
  segment: 'loyal',
  property: 'page',
  sign: 'churn',
  list: 'expo',
  salt: 'a1b2',
}
const labels: Labels = {
  event: (name) => ({ login: 'ログイン', purchased: '購入' })[name] ?? name,
  attribute: (key) => ({ plan: 'プラン' })[key] ?? key,
  segment: (id) => ({ loyal: '優良顧客' })[id] ?? id,
  sign: (id) => ({ churn: '離反' })[id] ?? id,
  property: (_, key) => ({ amount: '金額' })[key] ?? key,
}

describe('the editor', () => {
  it.each(LEAF_KINDS)('has a place for every part of a new %s leaf', (kind) => {
    const draft = newLeaf(kind, words)
    expect(kindOf(draft)).toBe(kind)
    expect(understands(draft)).toBe(true)
  })

  const understood: Draft[] = [
    {
      event: 'login*',
      where: [{ property: 'page', is: 'pricing' }],
      count: { between: [1, 3] },
      calendar: 'last_month',
    },
    { event: 'login', count: { exactly: 0 }, from: '2026-05-01', to: '2026-05-31' },
    { attribute: 'used', at_least: { attribute: 'limit', times: '0.8' } },
    { attribute: 'plan', is: 'pro', held: { at_least: '7d' } },
    { attribute: 'renews_on', day_in: { last: '30d' } },
    { attribute: 'birthday', age: { at_least: 30, at_most: 39 } },
    { measure: 'sum', of: 'amount', event: 'purchased', is: { at_least: '50000' }, last_months: 3 },
    { last: 'purchased', has: [{ property: 'amount', more_than: 100 }], window: { older_than: '90d' } },
    { last: 'purchased', in_last: '30d' },
    { sequence: [{ event: 'a' }, { event: 'b', within: '7d' }], then_no: { event: 'c', for: '3d' }, last: '60d' },
    { rhythm: 'purchased', overdue_by: '1.5' },
    { known_for: '30d' },
    { first: 'purchased', if_none: true, last: '30d' },
    { last: 'purchased', if_none: true, window: { older_than: '90d' } },
    { rhythm: 'purchased', overdue_by: '1', default_gap: { attribute: 'refill_days', else: '30d' } },
    { rhythm: 'purchased', overdue_by: '1', default_gap: { property: 'refill_days' } },
    { regularly: 'login', where: [{ property: 'page', is: 'a' }], every: '1w', periods: 8, count: { at_least: 2 } },
    {
      ratio: { event: 'mail_clicked' },
      over: { measure: 'days', event: 'mail_opened' },
      percent: { at_most: '5' },
      last: '90d',
    },
    { rank: { measure: 'sum', of: 'amount', event: 'purchased' }, last: '365d', top: 100, among: 'loyal' },
    { rank: { event: 'login' }, top_percent: 10 },
    { segment: 'loyal', entered: { last: '7d' } },
    { segment: 'loyal', left: { calendar: 'this_month' } },
    { segment: 'loyal', held: { less_than: '30d' } },
    { status: 'stage', order: ['lead', 'trial'], fell: { last: '30d' } },
    { status: 'stage', order: ['lead', 'trial'], at_least: 'trial' },
    { score: 'churn', is: { between: [40, 60] } },
    { mentions: ['rival', 'cancel'], count: { at_least: 2 }, last: '30d' },
    { random: 'spring', percent: 10, from_percent: '50' },
    { tag: 'vip' },
    { list: 'expo-2026' },
    { attribute: 'birthday', anniversary_in: 14 },
  ]
  it.each(understood.map((draft) => [JSON.stringify(draft), draft]))('can show %s', (_, draft) => {
    expect(understands(draft as Draft)).toBe(true)
  })

  const foreign: Draft[] = [
    { event: 'login', tomorrow_only: true },
    { event: 'login', last: '30d', calendar: 'today' },
    { event: 'login', last: '1 month' },
    { attribute: 'plan', is: 'pro', contains: 'p' },
    { attribute: 'plan', contains: 'p', held: { at_least: '7d' } },
    { event: 'login', where: [{ property: 'page', is: 'a', or: 'b' }] },
    { measure: 'median', event: 'login', is: { at_least: 1 } },
    { random: 10 },
    { segment: 'loyal', entered: { last: '7d' }, held: { at_least: '30d' } },
    { status: 'stage', order: ['lead', 'trial'] },
    { rank: { event: 'login' }, top: 10, top_percent: 10 },
    { mentions: { topic: 'rival' } },
    { regularly: 'login', every: '1 week', periods: 8 },
    { rhythm: 'purchased', overdue_by: '1', default_gap: { attribute: 'a', property: 'b' } },
  ]
  it.each(foreign.map((draft) => [JSON.stringify(draft), draft]))('leaves %s as it is', (_, draft) => {
    expect(understands(draft as Draft)).toBe(false)
  })
})

describe('windows', () => {
  const windows: Window[] = [
    { kind: 'always' },
    { kind: 'last', span: '30d' },
    { kind: 'ago', from: '60d', to: '30d' },
    { kind: 'older_than', span: '90d' },
    { kind: 'calendar', period: 'this_fiscal_year' },
    { kind: 'last_days', n: 7 },
    { kind: 'last_months', n: 3 },
    { kind: 'range', from: '2026-01-01', to: '2026-03-31' },
    { kind: 'since', from: '2026-01-01' },
    { kind: 'until', to: '2026-03-31' },
  ]
  it.each(windows)('$kind takes the place of the window before it', (window) => {
    for (const before of windows) {
      const draft = withWindow(withWindow({ event: 'login' }, before), window)
      expect(windowOf(draft)).toEqual(window)
      const last = withWindowOfLast(withWindowOfLast({ last: 'login' }, before), window)
      expect(windowOfLast(last)).toEqual(window)
      expect(last.last).toBe('login')
    }
  })
})

describe('comparisons', () => {
  it.each(OPERATORS)('change to %s without leaving another behind', (operator) => {
    for (const before of OPERATORS) {
      const draft = withOperator(withOperator({ attribute: 'x' }, before, 'a'), operator, 'a')
      expect(Object.keys(draft)).toEqual(['attribute', operator])
      expect(understands(draft)).toBe(true)
    }
  })

  it('keep the right side where both can carry it', () => {
    expect(withOperator({ attribute: 'x', is: 'pro' }, 'is_not', '')).toEqual({ attribute: 'x', is_not: 'pro' })
    expect(withOperator({ attribute: 'x', is: 'pro' }, 'in', '')).toEqual({ attribute: 'x', in: ['pro'] })
  })

  it('read amounts and write them back', () => {
    const drafts: Draft[] = [{ at_least: 3 }, { between: ['1', '2.5'] }, { exactly: 0 }]
    for (const draft of drafts) {
      const amount = amountOf(draft)
      expect(amount && amountDraft(amount)).toEqual(draft)
    }
    expect(amountOf({ at_least: 3, at_most: 4 })).toBeNull()
    expect(amountOf('3')).toBeNull()
  })
})

describe('the echo', () => {
  it.each<[Draft, boolean, string, string]>([
    [{ event: 'login', last: '30d' }, true, '直近30日に「ログイン」がない', 'no “ログイン” in the last 30 days'],
    [
      { event: 'login', count: { exactly: 0 }, last: '1d' },
      false,
      '直近1日に「ログイン」がない',
      'no “ログイン” in the last 1 day',
    ],
    [
      { event: 'login', count: { exactly: 0 }, last: '1d' },
      true,
      '直近1日に「ログイン」がある',
      '“ログイン” in the last 1 day',
    ],
    [{ segment: 'loyal' }, true, '「優良顧客」に入っていない', 'not in “優良顧客”'],
    [{ attribute: 'plan', is: 'pro' }, false, 'プランが「pro」', 'プラン is “pro”'],
    [
      { measure: 'sum', of: 'amount', event: 'purchased', is: { at_least: '50000' }, last_months: 3 },
      false,
      '直近3か月に「購入」の金額合計が50000以上',
      'sum of 金額 of “購入” in the last 3 months is at least 50000',
    ],
    [
      { segment: 'loyal', entered: { last: '7d' } },
      false,
      '直近7日に「優良顧客」に入った',
      'entered “優良顧客” in the last 7 days',
    ],
    [
      { segment: 'loyal', held: { at_least: '30d' } },
      false,
      '「優良顧客」に30日以上入っている',
      'in “優良顧客” for at least 30 days',
    ],
    [
      { regularly: 'login', every: '1w', periods: 8, in_at_least: 6 },
      false,
      '「ログイン」が1週間ごとの直近8期間のうち6期間以上にある',
      '“ログイン” in at least 6 of the last 8 periods of 1 week',
    ],
    [
      { ratio: { event: 'mail_clicked' }, over: { event: 'mail_opened' }, percent: { at_most: 5 }, last: '90d' },
      false,
      '直近90日に「mail_opened」の回数に対する「mail_clicked」の回数の割合が5%以下',
      'number of “mail_clicked” as a share of number of “mail_opened” in the last 90 days is at most 5%',
    ],
    [
      { rank: { measure: 'sum', of: 'amount', event: 'purchased' }, last: '365d', top_percent: 10 },
      false,
      '直近365日に「購入」の金額合計が上位10%',
      'in the top 10 % by sum of 金額 of “購入” in the last 365 days',
    ],
    [{ score: 'churn', is: { at_least: 60 } }, false, 'スコア「離反」が60以上', 'score “離反” is at least 60'],
    [
      { mentions: 'rival', last: '30d' },
      false,
      '直近30日に「rival」の話題がある',
      '“rival” mentioned in the last 30 days',
    ],
    [{ random: 'spring', percent: 10 }, false, '無作為の10%(「spring」)', 'a random 10 % (“spring”)'],
    [
      { attribute: 'plan', anniversary_in: 14 },
      false,
      'プランの記念日が14日以内に来る',
      'プラン has its anniversary within 14 days',
    ],
  ])('says %j (not: %s)', (draft, not, ja, en) => {
    expect(say(draft, not, 'ja', labels)).toBe(ja)
    expect(say(draft, not, 'en', labels)).toBe(en)
  })
})
