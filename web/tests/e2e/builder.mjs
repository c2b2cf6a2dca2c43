/** A segment made on the page: by mouse, by keyboard, kept whole where the editor has no field. */
import { equal, insist, until } from './expect.mjs'

/** The count once it is that of the condition as it stands; null while it is still the one before. */
const settled = async (page) => {
  const number = page.getByRole('complementary', { name: 'いまの件数' }).locator('div:not([data-old]) > b')
  return (await number.count()) === 0 ? null : number.innerText()
}
const numberIn = (text) => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''))

export const stories = [
  [
    'a segment is built by keyboard and mouse, counted while it is written, and saved',
    async ({ page, api }) => {
      await page.goto('/segments/new')
      await page.getByRole('button', { name: /条件を足す/ }).waitFor()
      await page.keyboard.press('n')
      await page.getByRole('menuitem', { name: '行動があった・なかった' }).click()
      const kinds = page.getByRole('combobox', { name: '行動', exact: true })
      await kinds.click()
      await kinds.fill('ろぐいん')
      await page.getByRole('option', { name: 'ログイン', exact: true }).click()
      const many = page.getByRole('textbox', { name: '値', exact: true })
      await many.fill('2')
      await page.getByRole('button', { name: '閉じる' }).click()
      const chip = page.locator('fieldset button[aria-expanded]', { hasText: 'ログイン' })
      await chip.waitFor()
      await until(async () => /2回/.test(await chip.innerText()), true, 'the sentence of the row')
      await until(async () => 0 < numberIn((await settled(page)) ?? ''), true, 'a count')
      const positive = await settled(page)

      await chip.focus()
      await page.keyboard.press('!')
      await until(async () => ![null, positive].includes(await settled(page)), true, 'the count turned around')
      await page.keyboard.press('Control+z')
      await until(() => settled(page), positive, 'the count after undo')

      await page.getByRole('textbox', { name: '名前(日本語)' }).fill('よく使う顧客')
      await page.getByRole('textbox', { name: '次の行動' }).fill('活用の相談に乗る')
      await page.keyboard.press('Control+s')
      await page.waitForURL((url) => /\/segments\/(?!new)[^/]+$/.test(url.pathname))
      const { pathname } = new URL(page.url())
      const saved = await api('GET', pathname)
      equal(saved.condition, { all: [{ event: 'login', count: { at_least: 2 }, last: '30d' }] }, 'the condition')
      equal(saved.names, { ja: 'よく使う顧客', en: 'よく使う顧客' }, 'the names')
      equal(saved.count, numberIn(positive), 'the count')
    },
  ],
  [
    'a fault shows at its row and nothing is saved',
    async ({ page }) => {
      await page.goto('/segments/new')
      await page.getByRole('button', { name: /条件を足す/ }).click()
      await page.getByRole('menuitem', { name: 'セグメント', exact: true }).click()
      await page.getByRole('combobox', { name: '種類' }).click()
      await page.getByRole('option', { name: '合計・平均・日数' }).click()
      await page.getByRole('combobox', { name: '測り方' }).click()
      await page.getByRole('option', { name: '合計', exact: true }).click()
      const of = page.getByRole('combobox', { name: '何の' })
      await of.waitFor()
      await page.getByRole('combobox', { name: 'いつ' }).click()
      await page.getByRole('option', { name: '日付の範囲' }).click()
      await page.getByLabel('終了').fill('2001-01-01')
      await page.locator('fieldset [role=alert]').first().waitFor()
      await page.getByRole('textbox', { name: '名前(日本語)' }).fill('直すところがある')
      await page.getByRole('button', { name: '保存' }).click()
      await page.locator('[role=alert]').first().waitFor()
      equal(new URL(page.url()).pathname, '/segments/new', 'the address')
    },
  ],
  [
    'an edit keeps what it does not touch, and says when someone else was first',
    async ({ page, api }) => {
      const condition = {
        all: [
          { attribute: 'kind', is: 'company' },
          { any: [{ event: 'login', last: '30d' }, { not: { event: 'cancelled' } }] },
        ],
      }
      const { id, ...made } = await api('POST', '/segments', {
        names: { ja: '編集の試し', en: 'Edit trial' },
        condition,
      })
      await page.goto(`/segments/${id}/edit`)
      await page.locator('fieldset button[aria-expanded]').first().waitFor()
      await api('PUT', `/segments/${id}`, { names: made.names, condition, version: made.version, purpose: '先に保存' })
      await page.getByRole('textbox', { name: '次の行動' }).fill('電話する')
      await page.keyboard.press('Control+s')
      await page.getByText('いま保存されている定義').waitFor()
      await page.getByRole('button', { name: /自分の定義で保存に進む/ }).click()
      await page.keyboard.press('Control+s')
      await page.waitForURL((url) => url.pathname === `/segments/${id}`)
      const saved = await api('GET', `/segments/${id}`)
      equal(saved.condition, condition, 'the condition')
      equal(saved.next_action, '電話する', 'the next action')
      insist(made.version < saved.version, 'the version did not rise')
    },
  ],
  [
    'a segment is retired and comes back, and its members leave as a file',
    async ({ page, api }) => {
      const condition = { all: [{ attribute: 'kind', is: 'company' }] }
      const { id } = await api('POST', '/segments', { names: { ja: '廃止の試し', en: 'Retire trial' }, condition })
      await page.goto(`/segments/${id}`)
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: 'CSV' }).click()
      insist((await download).suggestedFilename().endsWith('.csv'), 'no CSV file')
      const more = page.getByRole('button', { name: 'その他の操作' })
      await more.click()
      await page.getByRole('menuitem', { name: '廃止する' }).click()
      await page.getByText('このセグメントは廃止されています', { exact: false }).waitFor()
      await more.click()
      await page.getByRole('menuitem', { name: '元に戻す' }).click()
      await page.getByText('このセグメントは廃止されています', { exact: false }).waitFor({ state: 'detached' })
    },
  ],
]
