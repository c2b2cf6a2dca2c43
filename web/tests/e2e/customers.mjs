/** Customers: some or all of a list chosen by the keyboard, changed at once, and changed back. */
import { readFileSync } from 'node:fs'
import { equal, until } from './expect.mjs'

const totalOf = async (api, query) => (await api('GET', `/customers?limit=1&${query}`)).total
const tagged = async (api, key, attribute) => {
  const { attributes } = await api('GET', `/customers/${encodeURIComponent(key)}`)
  return attributes.some((each) => each.key === attribute)
}
const typeValue = (page, label, value) => page.getByRole('dialog').getByLabel(label).fill(value)
const grid = (page) => page.getByRole('grid', { name: '顧客' })

export const stories = [
  [
    'rows are chosen by keys, get a tag, and Ctrl+Z takes it off all of them',
    async ({ page, api }) => {
      const { rows } = await api('GET', '/customers?limit=3')
      await page.goto('/customers')
      await grid(page).getByRole('row').nth(3).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+ArrowDown')
      await page.getByText('3 件を選択中').waitFor()
      await page.keyboard.press('e')
      await page.getByRole('radiogroup', { name: '何を変えるか' }).getByText('タグを付ける').click()
      await typeValue(page, '付けるタグ', '重点')
      await page.getByRole('dialog').getByRole('button', { name: '3 件を変更' }).click()
      await page.getByText('タグ「重点」を付ける（3 件）').waitFor()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      for (const { key } of rows) equal(await tagged(api, key, 'tag:重点'), true, `the tag on ${key}`)
      await page.keyboard.press('Control+z')
      await page.getByText('元に戻しました: タグ「重点」を付ける（3 件）').waitFor()
      for (const { key } of rows) equal(await tagged(api, key, 'tag:重点'), false, `the tag on ${key} after undo`)
    },
  ],
  [
    'all of a filter but one go to another rep, with the number the server counts, and come back from the list of changes',
    async ({ page, api }) => {
      const { reps } = await api('GET', '/today?limit=1')
      const [{ rep }] = reps
      const before = await totalOf(api, `rep=${encodeURIComponent(rep)}`)
      await page.goto(`/customers?rep=${encodeURIComponent(rep)}`)
      await grid(page).getByRole('row').nth(2).waitFor()
      await page.keyboard.press('Control+a')
      const said = new Intl.NumberFormat('ja-JP')
      await page.getByText(`${said.format(before)} 件を選択中`).waitFor()
      await grid(page).getByRole('row').nth(2).getByRole('checkbox').uncheck()
      await page.getByText(`${said.format(before - 1)} 件を選択中`).waitFor()
      await page.getByRole('button', { name: '変更…' }).click()
      await typeValue(page, '新しい担当者', '物語担当')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: `${said.format(before - 1)} 件を変更` })
        .click()
      await page.getByText(`営業担当を「物語担当」にする（${said.format(before - 1)} 件）`).waitFor({ timeout: 60_000 })
      equal(await totalOf(api, `rep=${encodeURIComponent(rep)}`), 1, 'who stayed with the rep')
      equal(await totalOf(api, 'rep=物語担当'), before - 1, 'who went to the other')
      await page.getByRole('button', { name: '変更の記録' }).click()
      const past = page.getByRole('dialog').getByRole('listitem').first()
      await past.getByRole('button', { name: '元に戻す' }).click()
      await past.getByText('取り消し済み').waitFor({ timeout: 60_000 })
      await until(() => totalOf(api, `rep=${encodeURIComponent(rep)}`), before, 'who is back with the rep')
    },
  ],
  [
    'chosen customers come as a file, and one customer is changed on its own page',
    async ({ page, api }) => {
      const { rows } = await api('GET', '/customers?limit=2')
      await page.goto('/customers')
      await grid(page).getByRole('row').nth(2).waitFor()
      for (const at of [1, 2]) await grid(page).getByRole('row').nth(at).getByRole('checkbox').check()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV' }).click(),
      ])
      const lines = readFileSync(await download.path(), 'utf8')
        .trim()
        .split(/\r?\n/)
      equal(lines.length, 3, 'lines of the file')
      equal(
        rows.every(({ key }) => lines.some((line) => line.startsWith(`${key},`))),
        true,
        'both are in it',
      )
      await page.goto(`/customers/${encodeURIComponent(rows[0].key)}`)
      await page.getByRole('heading', { level: 1, name: rows[0].name }).waitFor()
      await page.keyboard.press('e')
      await page.getByRole('radiogroup', { name: '何を変えるか' }).getByText('リストに載せる').click()
      await typeValue(page, 'リストの名前', '展示会')
      await page.keyboard.press('Enter')
      await page.locator('header').getByTitle('リストに載っている').waitFor()
      await page.getByRole('button', { name: '元に戻す' }).click()
      await page.locator('header').getByTitle('リストに載っている').waitFor({ state: 'detached' })
    },
  ],
  [
    'branches stand under their firm on the page of each, with the events of one or of all',
    async ({ page, api }) => {
      const of = (name, rest) => ({ kind: 'company', name, ...rest })
      const customers = [
        [
          'FIRM-1',
          of('株式会社瀬戸内醸造', { email: 'info@setouchi-jozo.example.jp', address: '広島県呉市中央1-1-1' }),
        ],
        [
          'FIRM-2',
          of('(株)瀬戸内醸造 大阪支店', { email: 'osaka@setouchi-jozo.example.jp', address: '大阪市北区梅田9-9-9' }),
        ],
      ]
      await api('POST', '/customers', {
        source: 'story',
        customers: customers.map(([key, attributes]) => ({ key, attributes })),
      })
      const events = customers.map(([customer], at) => ({ id: `firm-${at}`, customer, name: 'login' }))
      await api('POST', '/events', { source: 'story', events })
      await page.goto('/customers/FIRM-1')
      const panel = page.locator('section').filter({ hasText: '会社と拠点' })
      await panel.getByText('大阪支店', { exact: true }).waitFor()
      await panel.getByText('社名と、メールかウェブサイトのドメインが同じ').first().waitFor()
      const timeline = page.locator('section').filter({ hasText: '行動履歴' })
      await page.getByRole('radiogroup', { name: 'だれの行動を見るか' }).getByText('会社全体').click()
      await timeline.getByRole('link', { name: '(株)瀬戸内醸造 大阪支店' }).waitFor()
      await page.getByRole('radiogroup', { name: 'だれの行動を見るか' }).getByText('この顧客').click()
      await timeline.getByRole('link', { name: '(株)瀬戸内醸造 大阪支店' }).waitFor({ state: 'detached' })
      await panel.getByRole('link', { name: '(株)瀬戸内醸造 大阪支店' }).click()
      await page.getByRole('heading', { level: 1, name: '(株)瀬戸内醸造 大阪支店' }).waitFor()
      await panel.getByRole('link', { name: '株式会社瀬戸内醸造' }).waitFor()
    },
  ],
]
