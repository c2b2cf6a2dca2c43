/** Signs on the past: tried with one click, shown as the API counts them, and what counts as right can be changed. */
import { add } from './clicks.mjs'
import { equal, insist, until } from './expect.mjs'

export const stories = [
  [
    'a sign is tried on the past, and the page shows what the API counted',
    async ({ page, api }) => {
      await page.goto('/signs?sign=churn')
      await page.getByText('過去での検証', { exact: true }).click()
      await page.waitForURL(/past=1/)
      await page.getByRole('button', { name: '過去で試す' }).click()
      await page.getByRole('button', { name: 'もう一度試す' }).waitFor({ timeout: 120_000 })
      const { result } = await api('GET', '/signs/churn/backtest')
      equal(result.verdict, 'foretells', 'the verdict')
      await page.getByText(result.sentence).waitFor()
      const { hits, of, customers } = result.right
      await page
        .getByRole('cell', { name: `${of} 回中 ${hits} 回・${customers} 件` })
        .first()
        .waitFor()
      insist(1 < (await page.getByRole('table').count()), 'charts are tables')
    },
  ],
  [
    'what counts as right is changed and set back, and the old result is marked',
    async ({ page, api }) => {
      await page.goto('/signs?sign=churn&past=1')
      await page.getByRole('button', { name: '数え方を変える' }).click()
      await page.getByRole('checkbox', { name: '対象とする顧客をしぼる' }).uncheck()
      await page.getByRole('button', { name: '保存' }).click()
      await page.getByText('すべての顧客', { exact: true }).waitFor()
      await page.getByText(/この結果のあとに/).waitFor()
      const changed = await api('GET', '/foretold')
      equal(changed.kinds.find(({ kind }) => kind === 'churn').among, null, 'for whom')
      await page.getByRole('button', { name: '数え方を変える' }).click()
      await page.getByRole('button', { name: 'はじめの設定に戻す' }).click()
      await until(async () => (await api('GET', '/signs/churn/backtest')).result.is_out_of_date, false, 'out of date')
    },
  ],
  [
    'a draft is taken into force, changed on its page and switched off again',
    async ({ page, api }) => {
      await page.goto('/signs')
      await page.getByRole('heading', { name: '下書き' }).waitFor()
      await page.goto('/signs?sign=hesitating')
      await page.getByRole('button', { name: '使い始める' }).click()
      await page.getByRole('button', { name: '停止する' }).waitFor()
      const on = await api('GET', '/signs/hesitating')
      equal(on.state, 'in_force', 'the state')
      await page.getByText(new RegExp(`^${on.count.toLocaleString('ja')} 件$`)).waitFor()
      await page.getByRole('link', { name: '編集' }).click()
      await page.getByRole('textbox', { name: 'しきい値（これ以上で兆しとする）' }).fill('90')
      await page.keyboard.press('Control+s')
      await page.waitForURL(/sign=hesitating/)
      const changed = await api('GET', '/signs/hesitating')
      equal(changed.threshold, 90, 'the threshold')
      insist(changed.count <= on.count, 'a higher threshold is reached by fewer')
      await page.getByRole('button', { name: '停止する' }).click()
      await page.getByRole('button', { name: '使い始める' }).waitFor()
      equal((await api('GET', '/signs/hesitating')).state, 'off', 'the state')
    },
  ],
  [
    'a sign is written by clicking and shows who carries it',
    async ({ page, api }) => {
      await page.goto('/signs/new')
      await page.getByRole('textbox', { name: 'ID' }).fill('seen-lately')
      await page.getByRole('textbox', { name: '名前（日本語）' }).fill('最近見た')
      await page.getByRole('button', { name: '編集' }).first().click()
      await add(page, 'ログイン')
      await page.keyboard.press('Control+s')
      await page.waitForURL(/sign=seen-lately/)
      const made = await api('GET', '/signs/seen-lately')
      equal(made.state, 'draft', 'the state')
      equal(made.parts.length, 1, 'its parts')
    },
  ],
  [
    'a loyal customer who complains stands on top of today, with points, records and momentum, and in the feed',
    async ({ page, api }) => {
      const { rows } = await api('GET', '/segments/loyal/members?limit=1')
      const { key, name } = rows[0]
      const event = (id, what, properties) => ({ id: `leaving-${id}`, customer: key, name: what, properties })
      await api('POST', '/events', {
        source: 'story',
        events: [
          event('1', 'inquired', { kind: 'complaint' }),
          event('2', 'inquired', { kind: 'complaint' }),
          event('3', 'help_searched', { words: '解約 手続き' }),
        ],
      })
      await page.goto('/')
      await until(async () => (await api('GET', '/today?limit=1')).rows[0].sign.id, 'loyal_leaving', 'who leads')
      const first = page.locator('li[data-urgent]').first()
      await first.getByText('最優先').waitFor()
      await first.getByText(name).waitFor()
      await page.goto(`/customers/${key}`)
      await page.getByText('強まっています', { exact: false }).first().waitFor()
      await page.getByTitle('50 / 50 点').first().waitFor()
      await page.goto('/signs')
      await page.getByRole('link', { name: '兆しの動き' }).click()
      await page.getByText('最優先', { exact: true }).first().click()
      await page.waitForURL(/urgent=1/)
      await page.getByRole('link', { name }).first().waitFor()
      const feed = await api('GET', '/sign-feed?urgent=true')
      equal(feed.rows[0].customer.key, key, 'the newest urgent sign')
    },
  ],
  [
    'what foretells leaving is found in the past and becomes a draft by one click',
    async ({ page, api }) => {
      await page.goto('/signs')
      await page.getByRole('link', { name: '兆しを探す' }).click()
      await page.getByRole('textbox', { name: '何日以内に起きるか' }).fill('60')
      await page.getByRole('button', { name: '過去から探す' }).click()
      await page.getByRole('button', { name: 'もう一度探す' }).waitFor({ timeout: 240_000 })
      const { result } = await api('GET', '/patterns/churn')
      insist(2 < result.patterns.length, 'patterns were found')
      equal(await page.getByRole('row').count(), result.patterns.length + 1, 'rows')
      await page
        .getByRole('button', { name: /^下書きにする：/ })
        .first()
        .click()
      await page.waitForURL(/sign=found-churn/)
      equal((await api('GET', `/signs/${result.patterns[0].definition.id}`)).state, 'draft', 'the state')
    },
  ],
]
