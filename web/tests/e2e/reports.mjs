/** Daily reports: written in half a minute, found topics marked and judged, the dictionary changed and all read again. */
import { equal, insist, until } from './expect.mjs'

const compose = async (page, ...texts) => {
  const devtools = await page.context().newCDPSession(page)
  for (const text of texts) {
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', windowsVirtualKeyCode: 229 })
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }
  return devtools
}

/** Until past texts are read. */
const allRead = (api) =>
  until(async () => (await api('GET', '/dictionary')).reading, null, 'the reading of past texts', 120_000)

export const stories = [
  [
    'a report is written with the keyboard alone, found in the list, and undone',
    async ({ page, api }) => {
      await allRead(api)
      const { rows } = await api('GET', '/customers?limit=3')
      const { total } = await api('GET', '/reports?limit=1')
      await page.goto('/reports')
      await page.locator('[role=feed] article').first().waitFor()
      await page.keyboard.press('n')
      await page.waitForURL(/\/reports\/new/)
      const customer = page.getByRole('combobox', { name: '顧客' })
      await customer.click()
      await customer.fill(rows[1].name)
      await page.getByRole('option', { name: rows[1].name }).first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      const issue = page.getByRole('textbox', { name: '顧客の課題' })
      await issue.click()
      const devtools = await compose(page, 'きょう', '競合')
      // The Enter that confirms kana sends nothing.
      await devtools.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        key: 'Enter',
        windowsVirtualKeyCode: 229,
        modifiers: 2,
      })
      await devtools.send('Input.insertText', { text: '競合他社からも見積もりを取っているとのこと' })
      await page.getByRole('region', { name: '読み取った話題' }).getByText('競合').first().waitFor()
      equal((await api('GET', '/reports?limit=1')).total, total, 'reports before it is sent')
      await page.keyboard.press('Control+Enter')
      await page.getByText(/日報を記録しました/).waitFor()
      await until(async () => (await api('GET', '/reports?limit=1')).total, total + 1, 'reports')
      equal(await issue.inputValue(), '', 'the form after sending')
      await page.getByRole('button', { name: '元に戻す' }).click()
      await until(async () => (await api('GET', '/reports?limit=1')).total, total, 'reports after undo')
      await until(async () => (await issue.inputValue()).startsWith('競合他社'), true, 'the text is back')
      // Left without sending, it is there the next time.
      await page.goto('/reports/new')
      await page.getByText('前回の下書きを戻しました').waitFor()
      await page.getByRole('button', { name: '破棄する' }).click()
    },
  ],
  [
    'a found place says why, and one click judges it for its rule',
    async ({ page, api }) => {
      await allRead(api)
      const word = (await api('GET', '/reports?limit=1')).rows[0].texts[0].pieces[0].text.slice(0, 2)
      await page.goto('/reports')
      await page.getByRole('searchbox', { name: '本文の言葉' }).fill(word)
      await page.waitForURL((url) => url.searchParams.get('words') === word)
      await page.getByRole('searchbox', { name: '本文の言葉' }).fill('どこにも書かれていない言葉')
      await until(
        async () => page.locator('[role=feed] button[data-counts]').count(),
        0,
        'reports with words nobody wrote',
      )
      await page.goto('/reports?topic=competitor')
      const mark = page.locator('[role=feed] button[data-counts]').first()
      await mark.click()
      await page.getByRole('button', { name: '誤り' }).first().click()
      const judged = async () => {
        const { topics } = await api('GET', '/dictionary')
        return topics.flatMap(({ rules }) => rules).reduce((sum, { wrong }) => sum + wrong, 0)
      }
      await until(judged, 1, 'wrong places')
      await page.getByRole('button', { name: '誤り' }).first().click()
      await until(judged, 0, 'wrong places once it is taken back')
    },
  ],
  [
    'words that were heard go into the dictionary, past reports are read again, and the earlier one comes back',
    async ({ page, api }) => {
      await allRead(api)
      const word = 'スマートフォン'
      const before = await api('GET', '/dictionary')
      await page.goto('/reports?tab=dictionary')
      await page.getByRole('button', { name: '言葉を辞書に加える' }).click()
      await page.getByRole('textbox', { name: '言葉' }).fill(word)
      await page.getByRole('button', { name: '加える', exact: true }).click()
      await page.getByText(`「${word}」を加えました`, { exact: false }).waitFor()
      await until(async () => (await api('GET', '/dictionary')).version, before.version + 1, 'the version')
      await allRead(api)
      await page.goto('/reports?tab=mentions&by=term&topic=competitor')
      await page.getByRole('row', { name: new RegExp(word) }).waitFor()
      await page.goto('/reports?tab=dictionary')
      await page.getByRole('button', { name: '以前の版' }).click()
      await page.getByRole('menuitem', { name: '付属の辞書' }).click()
      await until(async () => (await api('GET', '/dictionary')).version, before.version + 2, 'the version')
      await allRead(api)
      const { rows } = await api('GET', '/mentions?by=term&topic=competitor&from=2020-01-01&unit=month')
      insist(!rows.some(({ key }) => key === word), 'the word is still found')
    },
  ],
  [
    'the board shows the week, by writer, and leads on to a condition',
    async ({ page, api }) => {
      await allRead(api)
      const { rows } = await api('GET', '/reports?topic=competitor&limit=1')
      await page.goto(`/reports?tab=board&week=${rows[0].at.slice(0, 10)}`)
      await page.getByRole('heading', { name: '今週よく聞いた言葉' }).waitFor()
      await page
        .getByRole('link', { name: /を条件にする/ })
        .first()
        .click()
      await page.waitForURL(/\/segments\/new/)
      await page.locator('fieldset button[data-sentence]').first().waitFor()
    },
  ],
  [
    'on a phone the form stands in one column and can be sent',
    async ({ page, api }) => {
      const { rows } = await api('GET', '/customers?limit=1')
      await page.setViewportSize({ width: 360, height: 740 })
      await page.goto(`/reports/new?customer=${encodeURIComponent(rows[0].key)}`)
      await page.getByRole('button', { name: /記録する/ }).waitFor()
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      insist(wide <= 360, `the page is ${wide} px wide`)
    },
  ],
]
