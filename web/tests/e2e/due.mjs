/** そろそろ補充: learnt on the page, listed by week, product and name, and said on the customer's page. */
import { equal, insist, until } from './expect.mjs'

const learnt = async (api) => {
  for (;;) {
    const told = await api('GET', '/replenishment')
    if (told.state !== 'running') return told
    await new Promise((later) => setTimeout(later, 200))
  }
}

export const stories = [
  [
    'what is about to run out is learnt on the page, listed, and stands on the page of a customer',
    async ({ page, api }) => {
      const { rows: everybody } = await api('GET', '/customers?limit=1')
      await page.goto(`/customers/${encodeURIComponent(everybody[0].key)}`)
      const card = page.locator('section:has(h2:text("そろそろ補充"))')
      await card.getByText('まだ学習していません').waitFor()
      await card.getByRole('link', { name: '全顧客の一覧を見る' }).click()
      await page.waitForURL(/\/due$/)
      await page.getByText('上の「学び始める」を押すと').waitFor()
      await page.getByRole('button', { name: '学び始める' }).click()
      await page.getByRole('button', { name: 'もう一度学ぶ' }).waitFor({ timeout: 60_000 })
      const { result } = await learnt(api)
      insist(result.learnt && 0.6 < result.check.auc, JSON.stringify(result))
      await page.getByText(result.sentence).waitFor()

      const told = await api('GET', '/due?when=all&limit=1')
      insist(100 < told.count, 'the list is short')
      await page
        .getByRole('radiogroup', { name: 'いつが目安か' })
        .getByText(/^すべて/)
        .click()
      await page.waitForURL((url) => url.searchParams.get('when') === 'all')
      const grid = page.getByRole('grid')
      await until(() => grid.getAttribute('aria-rowcount'), String(told.count + 1), 'rows')
      const [first] = told.rows
      const top = grid.getByRole('row').nth(1)
      await top.getByText(first.product).waitFor()
      await grid.locator('[role=rowgroup]').evaluate((frame) => frame.scrollTo(0, frame.scrollHeight))
      await until(
        async () => 100 < Number(await grid.getByRole('row').last().getAttribute('aria-rowindex')),
        true,
        'a second window',
      )

      await page.getByRole('combobox', { name: '商品' }).click()
      await page.getByRole('option', { name: new RegExp(`^${first.product} [0-9,]+$`) }).click()
      await page.waitForURL((url) => url.searchParams.get('product') === first.product)
      const { count } = await api('GET', `/due?when=all&limit=1&product=${encodeURIComponent(first.product)}`)
      await until(() => grid.getAttribute('aria-rowcount'), String(count + 1), 'rows of the product')

      await grid.getByRole('row').nth(1).getByRole('link').click()
      await page.waitForURL(/\/customers\//)
      const key = decodeURIComponent(page.url().split('/customers/')[1])
      const own = await api('GET', `/customers/${encodeURIComponent(key)}/due`)
      await until(() => card.locator('tbody tr').count(), own.rows.length, 'habits')
      equal((await card.locator('tbody tr').first().innerText()).includes(own.rows[0].product), true, 'the likeliest')
    },
  ],
]
