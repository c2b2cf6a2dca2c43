/** The golden page and the tables: a pack in and out, a cell with the people of the API, a segment made of it. */
import { equal, insist, until } from './expect.mjs'

export const stories = [
  [
    'G G opens the golden segments, each with the number of the API',
    async ({ page, api }) => {
      await page.goto('/segments')
      await page.getByRole('gridcell').first().waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('g')
      await page.waitForURL(/\/golden$/)
      const { segments } = await api('GET', '/segments')
      const loyal = segments.find(({ golden, retired }) => golden === 'loyal' && !retired)
      const card = page.locator('li[data-golden=loyal]')
      const shown = async () => (await card.locator(`a[href="/segments/${loyal.id}"]`).last().innerText()).trim()
      await until(shown, loyal.count.toLocaleString('en'), 'loyal customers')
      await page.locator('li[data-golden]').nth(3).waitFor()
    },
  ],
  [
    'a pack is put in use by one click, parts everybody into stages, and is taken back',
    async ({ page, api }) => {
      const installed = async () => (await api('GET', '/packs')).packs.find(({ id }) => id === 'b2b_saas').installed
      equal(await installed(), 0, 'segments in use before')
      await page.goto('/golden')
      await page.getByRole('button', { name: '「BtoB SaaS」のパックをまとめて使い始める' }).click()
      await page.getByRole('heading', { name: 'お客様の段階' }).waitFor()
      const { total } = await api('GET', '/customers?limit=1')
      const stages = page.locator('section:has(h2:text("お客様の段階")) ol > li p a')
      const sum = async () =>
        (await stages.allInnerTexts()).map((text) => Number(text.replaceAll(',', ''))).reduce((a, b) => a + b, 0)
      await until(sum, total, 'customers in all stages')
      insist(0 < (await installed()), 'the pack is not in use')
      await page.getByRole('button', { name: '元に戻す' }).click()
      await until(installed, 0, 'segments in use after')
      await until(() => stages.count(), 0, 'stages')
    },
  ],
  [
    'G R opens RFM; the arrows move, Enter opens a cell, and its people and its segment are those of the API',
    async ({ page, api }) => {
      await page.goto('/segments')
      await page.getByRole('gridcell').first().waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('r')
      await page.waitForURL(/\/tables/)
      const cell = page.locator('[data-at="0-0"]')
      await cell.waitFor()
      await cell.focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowDown')
      const focused = page.locator('[data-at="1-0"]')
      await until(() => focused.evaluate((element) => element === document.activeElement), true, 'the focus')
      const n = Number((await focused.locator('b').innerText()).replaceAll(',', ''))
      const table = {
        rows: { by: 'recency', event: 'purchased', edges: [30, 90, 180, 365] },
        columns: { by: 'frequency', event: 'purchased', days: 365, edges: [1, 2, 4, 8] },
      }
      const told = await api('POST', '/crosstab', table)
      equal(n, told.cells[1][0].count, 'the cell')
      equal(
        told.cells.flat().reduce((sum, { count }) => sum + count, 0),
        told.total,
        'everybody',
      )
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.searchParams.get('cell') === '1-0')
      const dialog = page.getByRole('dialog')
      await until(() => dialog.locator('ul li').count(), Math.min(n, 100), 'people')
      await dialog.getByRole('link', { name: 'このマスでセグメントを作る' }).click()
      await page.waitForURL(/\/segments\/new/)
      const condition = JSON.parse(new URL(page.url()).searchParams.get('draft'))
      equal((await api('POST', '/preview', { condition })).count, n, 'the segment of the cell')
    },
  ],
  [
    'another beginning, other edges and nothing found are shown, and kept in the address',
    async ({ page }) => {
      await page.goto('/tables')
      await page.getByRole('button', { name: '業種 × 購入額' }).click()
      await page.waitForURL((url) => url.searchParams.get('rows') === 'attribute:industry')
      await page
        .locator('thead th', { hasText: /^[0-9,]+以上$/ })
        .first()
        .waitFor()
      await page.getByText('物差しを変える').click()
      const edges = page.getByRole('group', { name: '列' }).getByLabel('区切り')
      await edges.fill('１００００、500000')
      await edges.press('Enter')
      await page.waitForURL((url) => (url.searchParams.get('columns') ?? '').endsWith('10000,500000'))
      await until(
        () => page.locator('thead th').allInnerTexts(),
        ['500,000以上', '10,000〜500,000未満', '10,000未満', '計'],
        'columns',
      )
      await page.reload()
      await until(() => page.locator('thead th').count(), 4, 'columns after a reload')
    },
  ],
  [
    'a segment says what sets its members apart',
    async ({ page, api }) => {
      await page.goto('/segments/loyal')
      await page.getByRole('button', { name: 'ほかの顧客との違いを調べる' }).click()
      const told = await api('GET', '/segments/loyal/profile')
      const panel = page.locator('section:has(h2:text("このセグメントらしさ"))')
      await until(() => panel.locator('tbody tr').count(), told.traits.length, 'traits')
      insist((await panel.innerText()).includes(told.persona.split('\n')[0]), 'the persona')
    },
  ],
]
