/** Signs on the past: tried with one click, shown as the API counts them, and what counts as right can be changed. */
import { equal, insist, until } from './expect.mjs'

export const stories = [
  [
    'a sign is tried on the past, and the page shows what the API counted',
    async ({ page, api }) => {
      await page.goto('/signs?sign=churn')
      await page.getByText('過去での検証', { exact: true }).click()
      await page.waitForURL(/tab=past/)
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
      await page.goto('/signs?sign=churn&tab=past')
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
]
