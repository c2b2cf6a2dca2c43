/** Conditions in Japanese. */
import { type Grammar, isNone, isOnce, span } from './grammar'
import type { Operator, SpanUnit } from './leaf-parts'

const CALENDAR_JA: Record<string, string> = {
  today: '今日',
  yesterday: '昨日',
  this_week: '今週',
  last_week: '先週',
  this_month: '今月',
  last_month: '先月',
  this_quarter: '今四半期',
  last_quarter: '前四半期',
  this_half: '今半期',
  last_half: '前半期',
  this_fiscal_year: '今年度',
  last_fiscal_year: '昨年度',
  this_year: '今年',
  last_year: '去年',
}
const UNIT_JA: Record<SpanUnit, string> = { s: '秒', m: '分', h: '時間', d: '日', w: '週間' }
const MEASURE_JA: Record<string, string> = {
  count: '回数',
  sum: '合計',
  average: '平均',
  least: '最小',
  most: '最大',
  distinct: '種類数',
  days: '日数',
}

export const ja: Grammar = {
  span: (n, unit) => `${n}${UNIT_JA[unit]}`,
  window: (window) => {
    switch (window.kind) {
      case 'always':
        return 'これまでに'
      case 'last':
        return `直近${span(window.span, ja)}に`
      case 'ago':
        return `${span(window.from, ja)}前から${span(window.to, ja)}前までに`
      case 'older_than':
        return `${span(window.span, ja)}より前に`
      case 'calendar':
        return `${CALENDAR_JA[window.period] ?? window.period}に`
      case 'last_days':
        return `今日までの${window.n}日に`
      case 'last_months':
        return `直近${window.n}か月に`
      case 'range':
        return `${window.from}から${window.to}までに`
      case 'since':
        return `${window.from}以降に`
      case 'until':
        return `${window.to}までに`
    }
  },
  amount: ({ operator, of }, unit) => {
    if (Array.isArray(of)) return `${of[0]}${unit}以上${of[1]}${unit}以下`
    const bound = `${of}${unit}`
    const ends = {
      at_least: '以上',
      at_most: '以下',
      more_than: 'より多い',
      less_than: '未満',
      exactly: 'ちょうど',
      between: '',
    }
    return operator === 'exactly' ? `ちょうど${bound}` : `${bound}${ends[operator]}`
  },
  compare: (what, operator, value) => {
    const said: Record<Operator, string> = {
      is: `が「${value}」`,
      is_not: `が「${value}」ではない`,
      in: `が「${value}」のどれか`,
      not_in: `が「${value}」のどれでもない`,
      contains: `に「${value}」を含む`,
      does_not_contain: `に「${value}」を含まない`,
      starts_with: `が「${value}」で始まる`,
      ends_with: `が「${value}」で終わる`,
      at_least: `が${value}以上`,
      more_than: `が${value}より大きい`,
      at_most: `が${value}以下`,
      less_than: `が${value}未満`,
      between: `が${value}の間`,
      exists: value === 'false' ? 'がない' : 'がある',
      day_is: `が${({ today: '今日', yesterday: '昨日', tomorrow: '明日' } as Record<string, string>)[value] ?? value}`,
      day_in: `が${value.replace(/に$/, '')}`,
      day_in_next: `が${value}以内に来る`,
      month_is: `の月が${({ this: '今月', next: '来月' } as Record<string, string>)[value] ?? `${value}月`}`,
      anniversary_in: Number(value) === 0 ? 'の記念日が今日' : `の記念日が${value}日以内に来る`,
      age: `から数えた年が${value}`,
    }
    return `${what}${said[operator]}`
  },
  event: (name, filters, count, window) => {
    if (isNone(count)) return `${window}「${name}」${filters}がない`
    const times = count && !isOnce(count) ? `が${ja.amount(count, '回')}` : 'がある'
    return `${window}「${name}」${filters}${times}`
  },
  measure: (measure, of, name, filters, is, window) =>
    `${window}「${name}」${filters}の${of}${MEASURE_JA[measure] ?? measure}が${is}`,
  edge: (which, name, filters, window) =>
    `${which === 'first' ? '最初' : '最後'}の「${name}」${filters}が${window.replace(/に$/, '')}`,
  trend: (measure, name, now, before, is) =>
    `「${name}」の${MEASURE_JA[measure] ?? measure}が${now.replace(/に$/, '')}は${before.replace(/に$/, '')}の${is}`,
  rhythm: (name, factor) => `「${name}」が自分の間隔の${factor}倍を過ぎている`,
  step: (name, within) => (within ? `${within}以内に「${name}」` : `「${name}」`),
  sequence: (steps, window, never) =>
    `${window}${steps.join('、そのあと')}の順に起きた${never ? `(間に「${never}」なし)` : ''}`,
  segment: (name, not) => `「${name}」に${not ? '入っていない' : '入っている'}`,
  segmentTime: (name, how, time) =>
    ({
      entered: `${time}「${name}」に入った`,
      left: `${time}「${name}」から出た`,
      at_least: `「${name}」に${time}以上入っている`,
      less_than: `「${name}」に入って${time}未満`,
    })[how],
  regularly: (name, filters, every, periods, least) =>
    `「${name}」${filters}が${every}ごとの直近${periods}期間の${least === null ? 'すべて' : `うち${least}期間以上`}にある`,
  ratio: (above, below, window, is) => `${window}${below}に対する${above}の割合が${is}`,
  rank: (measured, window, top, percent) => `${window}${measured}が上位${top}${percent ? '%' : '件'}`,
  measured: (measure, of, name, filters) => `「${name}」${filters}の${of}${MEASURE_JA[measure] ?? measure}`,
  moved: (name, up, window) => `${window}${name}が${up ? '上がった' : '下がった'}`,
  stands: (name, bound, value) => `${name}が「${value}」${bound === 'at_least' ? '以上' : '以下'}`,
  score: (name, is) => `スコア「${name}」が${is}`,
  mentions: (topics, count, window) => {
    const said = `${window}${topics.map((topic) => `「${topic}」`).join('か')}の話題`
    if (isNone(count)) return `${said}がない`
    return count && !isOnce(count) ? `${said}が${ja.amount(count, '回')}` : `${said}がある`
  },
  tag: (name) => `タグ「${name}」が付いている`,
  list: (name) => `リスト「${name}」に載っている`,
  random: (salt, from, percent) =>
    from === 0 ? `無作為の${percent}%(「${salt}」)` : `無作為の${from}%から${from + percent}%まで(「${salt}」)`,
  known: (length) => `知ってから${length}以上たつ`,
  not: (sentence) => `「${sentence}」ではない`,
  filters: (sentences) => `(${sentences.join('、')})`,
  other: (name, times) => (times ? `${name}の${times}倍` : name),
}
