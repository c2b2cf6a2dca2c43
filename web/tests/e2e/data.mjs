/** Data: what there is, and the same customer once — found, decided, undone. */
import { equal, insist, until } from './expect.mjs'

export const stories = [
  [
    'the inventory says how full fields are, and leads to who lacks one',
    async ({ page, api }) => {
      const inventory = await api('GET', '/inventory')
      await page.goto('/data')
      await page.getByRole('heading', { name: '項目の埋まり具合' }).waitFor()
      const field = inventory.attributes.find(({ percent }) => percent < 100)
      await page
        .getByRole('row', { name: new RegExp(field.label) })
        .first()
        .getByRole('link')
        .click()
      await page.waitForURL(/\/segments\/new/)
      await page.locator('fieldset button[data-sentence]').first().waitFor()
    },
  ],
  [
    'pairs are found with progress, one is made one by a key, and undone',
    async ({ page, api }) => {
      const rows = (await api('GET', '/customers?kind=company&limit=40')).rows
      const [first] = rows
      const detail = await api('GET', `/customers/${encodeURIComponent(first.key)}`)
      const of = (key) => detail.attributes.find((each) => each.key === key)?.value
      const copy = { kind: 'company', name: first.name, phone: of('phone'), address: of('address') ?? '東京都港区1-1' }
      await api('POST', '/customers', { source: 'story', customers: [{ key: 'TWIN-1', attributes: copy }] })
      const { total } = await api('GET', '/customers?limit=1')
      await page.goto('/data?tab=pairs')
      await page.getByRole('switch', { name: '99% 以上の組は自動でまとめる' }).uncheck({ force: true })
      await page.getByRole('button', { name: '調べる' }).click()
      await until(async () => (await api('GET', '/pairs?limit=1')).finding, null, 'the search for pairs', 120_000)
      const open = await api('GET', '/pairs?limit=500')
      insist(0 < open.total, 'no pair was found')
      await page.locator('[role=feed] article').first().waitFor()
      const [top] = open.rows
      await page.keyboard.press('m')
      await page.getByText(/を一つにまとめました/).waitFor()
      await until(async () => (await api('GET', '/customers?limit=1')).total, total - 1, 'customers once two are one')
      const one = await api('GET', `/customers/${encodeURIComponent(top.b.key)}`)
      equal(one.key, top.a.key, 'who is found under the second key')
      await page.getByRole('button', { name: '元に戻す' }).click()
      await until(async () => (await api('GET', '/customers?limit=1')).total, total, 'customers after undo')
      equal((await api('GET', '/pairs?limit=1')).counts.open, open.counts.open, 'pairs to check after undo')
    },
  ],
]
