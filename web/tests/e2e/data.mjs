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
    'a new record stands in the queue without anybody looking, and what is done with new records is chosen',
    async ({ page, api }) => {
      const of = (name) => ({
        kind: 'company',
        name,
        phone: '0985-11-7788',
        postal_code: '880-0001',
        prefecture: '宮崎県',
        address: '宮崎市橘通西9-9-9',
      })
      const come = (key, name) =>
        api('POST', '/customers', { source: 'story', customers: [{ key, attributes: of(name) }] })
      await until(async () => 0 < (await api('GET', '/pairs?limit=1')).at_once.learned_from, true, 'learning', 120_000)
      await come('NEW-1', '株式会社日向灘水産加工')
      await come('NEW-2', '(株)日向灘水産加工')
      await page.goto('/data?tab=pairs')
      await page.locator('[role=feed] article').filter({ hasText: '日向灘水産加工' }).first().waitFor()
      const modes = page.getByRole('radiogroup', { name: '新しい記録が来たとき' })
      await modes.getByText('照合しない').click()
      await page.getByText('止めている間に届いた記録は').waitFor()
      equal((await api('GET', '/pairs?limit=1')).at_once.mode, 'off', 'the mode that was chosen')
      await modes.getByText('候補を人が確かめる').click()
      await until(
        async () => (await api('GET', '/pairs?limit=1')).at_once.mode,
        'ask',
        'the mode that was chosen again',
      )
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
      const [top] = open.rows
      // New records may have brought pairs before; the page must show what was found now.
      await page.locator('[role=feed] article').first().filter({ hasText: top.b.key }).waitFor()
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
