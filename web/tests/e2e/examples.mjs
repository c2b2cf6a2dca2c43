/** Examples of the trade, each built from nothing by clicking; what stands on the page is what the API was meant to be asked. */
import { add, choose, countOnPage, done, enter, filter, flip, press, tags, type } from './clicks.mjs'
import { equal } from './expect.mjs'

/** What it is for, how it is built, what must come of it. */
const examples = [
  [
    'women in their thirties who asked for materials and did not buy within a month',
    async (page) => {
      await add(page, '属性')
      await choose(page, '属性', '生年月日')
      await choose(page, '比べ方', '年数')
      await type(page, '年以上', 30)
      await type(page, '年以下', 39)
      await done(page)
      await add(page, '属性')
      await choose(page, '属性', '性別')
      await choose(page, '比べ方', 'と同じ')
      await enter(page, '値', 'female')
      await done(page)
      await add(page, '資料請求', /資料請求/)
      await choose(page, 'いつ', 'これまでずっと')
      await done(page)
      await add(page, '購入なし 1か月', /購入/)
      await done(page)
    },
    {
      all: [
        { attribute: 'birthday', age: { at_least: 30, at_most: 39 } },
        { attribute: 'sex', is: 'female' },
        { event: 'materials_requested', count: { at_least: 1 } },
        { event: 'purchased', count: { exactly: 0 }, last_months: 1 },
      ],
    },
  ],
  [
    'no purchase in the last three months, by a phrase in Latin letters',
    async (page) => {
      await add(page, 'no 購入 in 3 months', /購入/)
      await done(page)
    },
    { all: [{ event: 'purchased', count: { exactly: 0 }, last_months: 3 }] },
  ],
  [
    'asked for materials and no deal won since',
    async (page) => {
      await add(page, '順番に起きた')
      await choose(page, '1 番目', '資料請求')
      await press(page, '2 番目を外す')
      await flip(page, 'そのあとこれがない')
      await choose(page, 'そのあとこれがない', '案件の動き')
      await filter(page, '絞り込み', '段階', 'won', 1)
      await done(page)
    },
    {
      all: [
        {
          sequence: [{ event: 'materials_requested' }],
          never_since: { event: 'deal_moved', where: [{ property: 'stage', is: 'won' }] },
        },
      ],
    },
  ],
  [
    'half a year since the last purchase',
    async (page) => {
      await add(page, 'さいごのこうどう', /最後の行動/)
      await choose(page, '行動', '購入')
      await type(page, '長さ', 180)
      await done(page)
    },
    { all: [{ last: 'purchased', window: { older_than: '180d' } }] },
  ],
  [
    'looked at a product and then downloaded a document within three days',
    async (page) => {
      await add(page, 'junban', /順番に起きた/)
      await choose(page, '1 番目', 'ページ閲覧')
      await filter(page, '絞り込み', 'ページの種類', 'product')
      await choose(page, '2 番目', '資料ダウンロード')
      await type(page, '以内に', 3)
      await done(page)
    },
    {
      all: [
        {
          sequence: [
            { event: 'page_viewed', where: [{ property: 'page_type', is: 'product' }] },
            { event: 'document_downloaded', within: '3d' },
          ],
        },
      ],
    },
  ],
  [
    'logins at half of last month or less',
    async (page) => {
      await add(page, '以前との比較')
      await choose(page, '行動', 'ログイン')
      await choose(page, 'いまの期間', '暦の期間')
      await choose(page, '以前の期間', '暦の期間')
      await choose(page, '期間', '先月', 1)
      await done(page)
    },
    {
      all: [
        {
          trend: { event: 'login' },
          now: { calendar: 'this_month' },
          before: { calendar: 'last_month' },
          is: { at_most: { percent: '50' } },
          base_at_least: '4',
        },
      ],
    },
  ],
  [
    'users near the limit of the plan',
    async (page) => {
      await add(page, '属性')
      await choose(page, '属性', '利用ユーザー数')
      await choose(page, '比べ方', '以上')
      await press(page, '別の属性と比べる')
      await choose(page, '比べる属性', 'ユーザー上限')
      await type(page, '倍', 0.8)
      await done(page)
    },
    { all: [{ attribute: 'users_used', at_least: { attribute: 'users_limit', times: '0.8' } }] },
  ],
  [
    'opens the newsletter often and clicks little',
    async (page) => {
      await add(page, 'わりあい', /割合/)
      await choose(page, '分子', 'メール内クリック')
      await choose(page, '分母', 'メール開封')
      await type(page, '値', 10)
      await done(page)
    },
    {
      all: [
        {
          ratio: { event: 'mail_clicked' },
          over: { event: 'mail_opened' },
          percent: { at_most: 10 },
          base_at_least: 5,
          last: '90d',
        },
      ],
    },
  ],
  [
    'a score of three signs of leaving',
    async (page) => {
      await add(page, '点数')
      const points = page.locator('fieldset[data-scope=points]')
      await add(page, '30日ログインなし', /ログイン/, points)
      await done(page)
      await points.getByRole('textbox', { name: '点' }).fill('50')
      await add(page, '60日問い合わせ2回以上', /問い合わせ/, points)
      await done(page)
    },
    {
      all: [
        {
          points: [
            { weight: 50, when: { event: 'login', count: { exactly: 0 }, last: '30d' } },
            { weight: 10, when: { event: 'inquired', count: { at_least: 2 }, last: '60d' } },
          ],
          is: { at_least: 50 },
        },
      ],
    },
  ],
  [
    'the month of the birthday',
    async (page) => {
      await add(page, 'ぞくせい', /^属性/)
      await choose(page, '属性', '生年月日')
      await choose(page, '比べ方', '月が')
      await done(page)
    },
    { all: [{ attribute: 'birthday', month_is: 'this' }] },
  ],
  [
    'uses the service in six of the last eight weeks',
    async (page) => {
      await add(page, '習慣', /続けている習慣/)
      await choose(page, '行動', 'ログイン')
      await done(page)
    },
    { all: [{ regularly: 'login', every: '1w', periods: 8, in_at_least: 6 }] },
  ],
  [
    'asked for materials and opened no mail in the three days after',
    async (page) => {
      await add(page, '順番に起きた')
      await choose(page, '1 番目', '資料請求')
      await press(page, '2 番目を外す')
      await flip(page, 'そのあとしばらくこれがない')
      await choose(page, 'そのあとしばらくこれがない', 'メール開封')
      await done(page)
    },
    { all: [{ sequence: [{ event: 'materials_requested' }], then_no: { event: 'mail_opened', for: '3d' } }] },
  ],
  [
    'bought for fifty thousand yen last month',
    async (page) => {
      await add(page, '合計・平均・日数')
      await choose(page, '測り方', '合計')
      await choose(page, '行動', '購入')
      await choose(page, '何の', '金額')
      await type(page, '値', 50000)
      await choose(page, 'いつ', '暦の期間')
      await choose(page, '期間', '先月')
      await done(page)
    },
    {
      all: [{ measure: 'sum', of: 'amount', event: 'purchased', is: { at_least: 50000 }, calendar: 'last_month' }],
    },
  ],
  [
    'a decision maker looked at the prices, and the rival came up in reports',
    async (page) => {
      await add(page, '先方担当者', /先方担当者の条件/)
      const people = page.locator('fieldset[data-scope=contacts]')
      await add(page, '属性', /^属性/, people)
      await choose(page, '属性', 'role')
      await choose(page, '比べ方', 'と同じ')
      await enter(page, '値', 'decides')
      await done(page)
      await add(page, 'ページ閲覧', /ページ閲覧/, people)
      await filter(page, '絞り込み', 'ページの種類', 'pricing')
      await done(page)
      await add(page, '話題')
      await tags(page, '話題', ['rival'])
      await done(page)
    },
    {
      all: [
        {
          contacts: 'any',
          satisfies: {
            all: [
              { attribute: 'role', is: 'decides' },
              {
                event: 'page_viewed',
                count: { at_least: 1 },
                last: '30d',
                where: [{ property: 'page_type', is: 'pricing' }],
              },
            ],
          },
        },
        { mentions: ['competitor', 'rival'], last: '30d' },
      ],
    },
  ],
]

export const stories = examples.map(([name, build, condition]) => [
  `built by clicking: ${name}`,
  async ({ page, api }) => {
    await page.goto('/segments/new')
    await page.getByRole('button', { name: /条件を足す/ }).waitFor()
    await build(page)
    const asked = await api('POST', '/preview', { condition })
    equal(await countOnPage(page), asked.count, 'the count')
    await page.getByRole('textbox', { name: '名前(日本語)' }).fill(name)
    await page.keyboard.press('Control+s')
    await page.waitForURL((url) => /\/segments\/(?!new)[^/]+$/.test(url.pathname))
    const saved = await api('GET', new URL(page.url()).pathname)
    equal(saved.condition, condition, 'the condition')
    equal(saved.sentence, asked.sentence, 'the sentence')
  },
])
