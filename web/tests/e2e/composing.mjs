/** While kana are being composed nothing is recorded, filtered or submitted. */
import { equal, insist, until } from './expect.mjs'

const compose = async (page, ...texts) => {
  const devtools = await page.context().newCDPSession(page)
  for (const text of texts) {
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', windowsVirtualKeyCode: 229 })
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }
  return devtools
}

export const stories = [
  [
    'composing in the note records no outcome',
    async ({ page, api }) => {
      await page.goto('/')
      const rows = page.locator('[data-row]')
      await rows.first().waitFor()
      const before = await api('GET', '/today?limit=50')
      await page.keyboard.press('n')
      const note = page.getByRole('textbox', { name: 'メモ' })
      await note.waitFor()
      const devtools = await compose(page, '1', '12', '１２じ')
      await devtools.send('Input.insertText', { text: '12時' })
      equal(await note.inputValue(), '12時', 'the note')
      await page.keyboard.type(' 123')
      equal((await api('GET', '/today?limit=50')).done_today, before.done_today, 'what was done today')
      equal(await rows.count(), before.rows.length, 'the rows')
    },
  ],
  [
    'a search waits until the composition ends',
    async ({ page, api }) => {
      const { rows } = await api('GET', '/customers?limit=1')
      const part = [...rows[0].name].slice(0, 3).join('')
      await page.goto('/customers')
      const field = page.getByRole('searchbox', { name: '名前・番号で検索' })
      await field.click()
      const devtools = await compose(page, 'か', 'かぶ', part)
      // Longer than the search rests after a letter.
      await page.waitForTimeout(500)
      insist(!new URL(page.url()).searchParams.has('q'), 'the list was filtered while composing')
      await devtools.send('Input.insertText', { text: part })
      await page.waitForURL((url) => url.searchParams.get('q') === part)
    },
  ],
  [
    'composing in the box of conditions neither filters nor adds',
    async ({ page }) => {
      await page.goto('/segments/new')
      await page.getByRole('button', { name: /条件を足す/ }).waitFor()
      await page.keyboard.press('n')
      await page.locator('input[data-expanded]').waitFor()
      const offers = page.getByRole('option')
      const before = await offers.count()
      const devtools = await compose(page, 'ろ', 'ろぐ', 'ログイン')
      await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', windowsVirtualKeyCode: 229 })
      equal(await offers.count(), before, 'offers while composing')
      equal(await page.locator('fieldset button[aria-expanded][data-sentence]').count(), 0, 'conditions added')
      await devtools.send('Input.insertText', { text: 'ログイン' })
      await until(async () => (await offers.count()) < before, true, 'fewer offers once it is written')
      await page
        .getByRole('option', { name: /^ログイン/ })
        .first()
        .click()
      await page.locator('[data-open]').waitFor()
    },
  ],
]
