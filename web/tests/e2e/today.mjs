/** The call list: an outcome by one key, and back again; the language and the keys around it. */
import { equal, insist, until } from './expect.mjs'

const rows = (page) => page.locator('ol[aria-label] > li')
const keyOf = (row) => row.locator('button[data-row]').getAttribute('data-row')

export const stories = [
  [
    'an outcome key takes the row off the list, undo brings it back',
    async ({ page, api }) => {
      await page.goto('/')
      await rows(page).first().waitFor()
      const before = await api('GET', '/today?limit=50')
      const key = await keyOf(rows(page).first())
      equal(key, before.rows[0].customer.key, 'the first row')
      const row = page.locator(`[data-row="${key}"]`)

      await page.keyboard.press('1')
      await row.waitFor({ state: 'detached' })
      await page.getByText(/「つながった」を記録しました/).waitFor()
      const after = await api('GET', '/today?limit=50')
      insist(!after.rows.some(({ customer }) => customer.key === key), 'the server still lists the row')
      equal(after.done_today, before.done_today + 1, 'what was done today')

      await page.keyboard.press('Control+z')
      await row.waitFor()
      await until(
        async () => (await api('GET', '/today?limit=50')).rows[0].customer.key,
        key,
        'the first row after undo',
      )
    },
  ],
  [
    'a sign is said to be wrong by one key, is counted, and taken back by Ctrl+Z',
    async ({ page, api }) => {
      await page.goto('/')
      await rows(page).first().waitFor()
      const { sign, customer } = (await api('GET', '/today?limit=1')).rows[0]
      const wrong = async () => (await api('GET', `/signs/${sign.id}`)).standing.wrong
      equal(await wrong(), 0, 'clicks before')
      await page.keyboard.press('w')
      await page.getByText('「外れ」を記録しました', { exact: false }).waitFor()
      await page.locator('button[aria-pressed="true"]', { hasText: '外れ' }).waitFor()
      equal(await wrong(), 1, 'clicks')
      await page.keyboard.press('Control+z')
      await until(wrong, 0, 'clicks after undo')
      await page.goto(`/customers/${customer.key}`)
      await page.getByRole('button', { name: '当たり' }).first().click()
      await until(async () => (await api('GET', `/signs/${sign.id}`)).standing.right, 1, 'right clicks')
      await page.goto('/signs')
      await page.getByText('当たり 1・外れ 0', { exact: false }).waitFor()
    },
  ],
  [
    'the brief of the chosen row stands beside the list, and the address says which',
    async ({ page }) => {
      await page.goto('/')
      await rows(page).nth(1).waitFor()
      const second = await keyOf(rows(page).nth(1))
      await page.keyboard.press('j')
      await page.waitForURL((url) => url.searchParams.get('c') === second)
      const name = await rows(page).nth(1).locator('button[data-row]').innerText()
      await page.getByRole('region', { name: new RegExp(name.trim()) }).waitFor()
      await page.reload()
      await page.getByRole('region', { name: new RegExp(name.trim()) }).waitFor()
    },
  ],
  [
    'the sum behind the order shows on focus',
    async ({ page }) => {
      await page.goto('/')
      await rows(page)
        .first()
        .getByRole('button', { name: /優先度の内訳/ })
        .focus()
      await page.getByRole('tooltip').getByText('顧客の価値').waitFor()
    },
  ],
  [
    'the language changes sentences as well as labels, without a reload',
    async ({ page }) => {
      await page.goto('/')
      await rows(page).first().waitFor()
      await page.evaluate(() => {
        window.sameDocument = true
      })
      const ja = await rows(page).first().locator('p').innerText()
      await page.getByRole('radiogroup', { name: '表示する言語' }).getByText('EN').click()
      await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
      await until(async () => (await rows(page).first().locator('p').innerText()) !== ja, true, 'an English sentence')
      equal(await page.locator('html').getAttribute('lang'), 'en', 'the language of the page')
      insist(await page.evaluate(() => window.sameDocument), 'the page was loaded again')
    },
  ],
  [
    'the palette finds a segment and a customer, G and a letter change the page',
    async ({ page, api }) => {
      await page.goto('/')
      await rows(page).first().waitFor()
      const { segments } = await api('GET', '/segments')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'ページ・顧客・セグメントを検索' }).fill(segments[0].name)
      await page
        .getByRole('option', { name: new RegExp(segments[0].name) })
        .first()
        .waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/segments\/[^/]+$/)
      await page.keyboard.press('g')
      await page.keyboard.press('c')
      await page.waitForURL(/\/customers$/)
    },
  ],
  [
    'without the server the list stays, with its time and a way to try again',
    async ({ page }) => {
      await page.goto('/')
      await rows(page).first().waitFor()
      await page.locator('[data-state="live"]').waitFor()
      await page.route('**/api/v1/today?*', (route) => route.abort())
      // With another language every answer is asked for anew.
      await page.getByRole('radiogroup', { name: '表示する言語' }).getByText('EN').click()
      await page.getByText('The server cannot be reached; showing the list', { exact: false }).waitFor()
      insist(0 < (await rows(page).count()), 'the list is gone')
      await page.unroute('**/api/v1/today?*')
      await page.getByRole('button', { name: 'Try again' }).click()
      await page
        .getByText('The server cannot be reached; showing the list', { exact: false })
        .waitFor({ state: 'detached' })
    },
  ],
]
