/** A segment made on the page: by mouse, by keyboard, kept whole where the editor has no field. */
import { add, choose, done, numberIn, settled } from './clicks.mjs'
import { equal, insist, until } from './expect.mjs'

export const stories = [
  [
    'a segment is built by keyboard and mouse, counted while it is written, and saved',
    async ({ page, api }) => {
      await page.goto('/segments/new')
      await page.getByRole('button', { name: /条件を足す/ }).waitFor()
      await page.keyboard.press('n')
      await page.getByRole('option', { name: /行動があった・なかった/ }).click()
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
      await add(page, 'セグメント', /^セグメント/)
      await choose(page, '種類', '合計・平均・日数')
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
  [
    'rows move, group, turn and go by keys alone, and the focus stays with them',
    async ({ page }) => {
      await page.goto('/segments/new')
      for (const words of ['30日ログインなし', '購入 90日', '来店 30日']) {
        await add(page, words, /日/)
        await done(page)
      }
      const chips = page.locator('fieldset button[aria-expanded][data-sentence]')
      const order = async () => (await chips.allInnerTexts()).map((text) => /ログイン|購入|来店/.exec(text)?.[0])
      equal(await order(), ['ログイン', '購入', '来店'], 'the rows')
      const focused = () => page.evaluate(() => /ログイン|購入|来店/.exec(document.activeElement.textContent)?.[0])
      await chips.nth(2).focus()
      await page.keyboard.press('Alt+ArrowUp')
      await until(order, ['ログイン', '来店', '購入'], 'the rows after moving up')
      equal(await focused(), '来店', 'the focus after moving')
      await page.keyboard.press('g')
      await until(() => page.locator('fieldset fieldset').count(), 1, 'groups')
      equal(await focused(), '来店', 'the focus after grouping')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Alt+ArrowRight')
      await until(
        () => page.locator('fieldset fieldset button[aria-expanded][data-sentence]').count(),
        2,
        'rows inside',
      )
      await page.keyboard.press('Delete')
      await until(order, ['ログイン', '来店'], 'the rows after one was removed')
      await page.keyboard.press('Control+z')
      await until(order, ['ログイン', '来店', '購入'], 'the rows after undo')
      await page.keyboard.press('Control+Shift+z')
      await until(order, ['ログイン', '来店'], 'the rows after redo')
    },
  ],
  [
    'saving a changed definition shows who comes and goes, and an old version comes back',
    async ({ page, api }) => {
      const { id } = await api('POST', '/segments', {
        names: { ja: '差分の試し', en: 'Diff trial' },
        condition: { all: [{ event: 'login', count: { at_least: 5 }, last: '30d' }] },
      })
      await page.goto(`/segments/${id}/edit`)
      await page.locator('fieldset button[aria-expanded]').first().click()
      await page.locator('[data-open]').getByRole('textbox', { name: '値', exact: true }).fill('2')
      await until(async () => ![null, '–'].includes(await settled(page)), true, 'a count')
      await page.keyboard.press('Escape')
      await page.getByRole('heading', { level: 1 }).click()
      await page.keyboard.press('Control+s')
      const dialog = page.getByRole('dialog', { name: /変更を確かめる/ })
      await dialog.getByText('5回以上', { exact: false }).waitFor()
      await dialog.getByText('2回以上', { exact: false }).waitFor()
      await dialog.getByRole('button', { name: 'この内容で保存' }).click()
      await page.waitForURL((url) => url.pathname === `/segments/${id}`)
      equal(
        (await api('GET', `/segments/${id}`)).condition,
        { all: [{ event: 'login', count: { at_least: 2 }, last: '30d' }] },
        'the condition',
      )
      const compared = await api('GET', `/segments/${id}/compare?a=1&b=2`)
      await page.getByRole('button', { name: /^v1/ }).click()
      const version = page.getByRole('dialog', { name: /版 1/ })
      await version.getByText(`+${compared.enters.count.toLocaleString('en')}`).waitFor()
      await version.getByRole('button', { name: 'この版に戻す' }).click()
      await page.getByText('版 1 の内容に戻しました', { exact: false }).waitFor()
      const restored = await api('GET', `/segments/${id}`)
      equal(restored.condition, { all: [{ event: 'login', count: { at_least: 5 }, last: '30d' }] }, 'the condition')
      equal(restored.version, 3, 'the version')
    },
  ],
  [
    'anyone can be asked about before anything is saved, and the past is drawn',
    async ({ page, api }) => {
      const { rows } = await api('GET', '/customers?limit=1')
      await page.goto('/segments/new')
      await add(page, '30日ログインなし', /ログイン/)
      const box = page.getByRole('complementary', { name: 'いまの件数' }).getByRole('combobox')
      await box.fill(rows[0].name)
      await page.getByRole('option', { name: new RegExp(rows[0].key) }).click()
      const answer = page.getByRole('dialog', { name: 'なぜ？' })
      await answer.getByText(/この条件に当てはまり/).waitFor()
      await answer.getByRole('button', { name: '閉じる' }).click()
      const chart = page.getByRole('img', { name: /過去90日の人数/ })
      await chart.waitFor()
      await chart.focus()
      await page.keyboard.press('ArrowLeft')
      await page.getByText('表で見る').click()
      equal(await page.locator('figure tbody tr').count(), 90, 'days in the table')
    },
  ],
  [
    'each row says how many are left behind it, and a row that is dragged takes its number along',
    async ({ page, api }) => {
      const rows = [
        { attribute: 'kind', is: 'company' },
        { event: 'login', last: '30d' },
        { not: { event: 'cancelled' } },
      ]
      await page.goto(`/segments/new?draft=${encodeURIComponent(JSON.stringify({ all: rows }))}`)
      const left = async (draft) => (await api('POST', '/preview', { condition: { all: draft } })).count
      const soFar = async () => {
        await settled(page)
        const texts = await page.locator('[data-part] > div:has(> [data-grip])').allInnerTexts()
        return texts.map((text) => numberIn(/ここまで\s*([\d,]+)/.exec(text)?.[1] ?? ''))
      }
      const wanted = async (order) => Promise.all(order.map((_, at) => left(order.slice(0, at + 1))))
      await until(soFar, await wanted(rows), 'how many are left behind each row')

      const row = (text) => page.locator('[data-part] [data-sentence]', { hasText: text })
      const ids = await page.locator('[data-grip]').evaluateAll((grips) => grips.map((grip) => grip.dataset.grip))
      equal(ids.length, 3, 'rows that can be taken')
      // Down past the middle of the last row.
      const last = await row('解約').boundingBox()
      await page
        .locator(`[data-grip="${ids[0]}"]`)
        .dragTo(row('解約'), { targetPosition: { x: 40, y: last.height - 3 } })
      const turned = [rows[1], rows[2], rows[0]]
      await until(soFar, await wanted(turned), 'how many are left in the new order')
      await page.keyboard.press('Control+z')
      await until(soFar, await wanted(rows), 'the old order after undo')
      await row('ログイン').focus()
      await page.keyboard.press('Alt+ArrowUp')
      await until(soFar, await wanted([rows[1], rows[0], rows[2]]), 'the order by keys')
    },
  ],
  [
    'who makes a segment answers for it; a review that is due is told, recorded, and taken back',
    async ({ page, api }) => {
      await page.goto('/segments/new')
      await add(page, '30日ログインなし', /ログイン/)
      await page.getByRole('textbox', { name: '名前(日本語)' }).fill('見直しの試し')
      const owner = page.getByRole('combobox', { name: '責任者' }).or(page.getByRole('textbox', { name: '責任者' }))
      insist((await owner.inputValue()) !== '', 'nobody answers for a new segment')
      await owner.fill('営業企画')
      await page.getByLabel('次に見直す日').fill('2020-01-31')
      await settled(page)
      await page.keyboard.press('Control+s')
      await page.waitForURL((url) => /\/segments\/(?!new)[^/]+$/.test(url.pathname))
      const { pathname } = new URL(page.url())
      const saved = await api('GET', pathname)
      equal([saved.owner, saved.review_on, saved.review_overdue], ['営業企画', '2020-01-31', true], 'what was saved')

      await page.goto('/')
      await page.getByRole('link', { name: '確認する' }).click()
      await page.waitForURL((url) => url.searchParams.get('health') === 'overdue')
      await page.getByRole('gridcell', { name: /営業企画/ }).waitFor()
      await page.getByRole('link', { name: '見直しの試し' }).click()
      await page.getByRole('button', { name: 'その他' }).click()
      await page.getByRole('menuitem', { name: '見直しを記録する' }).click()
      await page.getByRole('button', { name: '6か月後' }).click()
      await page.getByRole('button', { name: 'このまま続ける' }).click()
      await page.getByText('の見直しを記録しました', { exact: false }).waitFor()
      const reviewed = await api('GET', pathname)
      insist(reviewed.reviewed_on !== null && !reviewed.review_overdue, 'the review is not recorded')
      await page.getByRole('button', { name: '元に戻す' }).last().click()
      await until(async () => (await api('GET', pathname)).reviewed_on, null, 'the review taken back')
      await api('DELETE', pathname)
    },
  ],
  [
    'those who can be reached are counted by channel when asked, and each number opens its condition',
    async ({ page, api, context }) => {
      const condition = { all: [{ attribute: 'kind', is: 'person' }] }
      await page.goto(`/segments/new?draft=${encodeURIComponent(JSON.stringify(condition))}`)
      const aside = page.getByRole('complementary', { name: 'いまの件数' })
      await until(async () => 0 < numberIn((await settled(page)) ?? ''), true, 'a count')
      await aside.getByRole('button', { name: '数える' }).click()
      const mail = aside.locator('li', { has: page.getByRole('link', { name: 'メール' }) })
      const agreed = { all: [...condition.all, { attribute: 'consent_mail', is: true }] }
      const { count } = await api('POST', '/preview', { condition: agreed })
      const { count: everybody } = await api('POST', '/preview', { condition })
      insist(0 < count && count < everybody, 'consent parts nobody')
      const shown = async () => numberIn(await mail.innerText())
      await until(async () => 0 < (await shown()), true, 'who can be written to')
      insist((await shown()) <= count, 'more can be written to than agreed')
      const opened = context.waitForEvent('page')
      await mail.getByRole('link').click()
      const other = await opened
      await until(() => settled(other), (await shown()).toLocaleString('en'), 'the count of the condition behind it')
    },
  ],
  [
    'a row whose segment is gone is struck through and leads to its replacement; Ctrl+Enter goes to those who match',
    async ({ page }) => {
      const condition = { all: [{ segment: 'nobody-knows' }] }
      await page.goto(`/segments/new?draft=${encodeURIComponent(JSON.stringify(condition))}`)
      const gone = page.locator('[data-gone]')
      await gone.getByText('`nobody-knows` はありません', { exact: false }).waitFor()
      await gone.getByRole('button', { name: '置き換える' }).click()
      await choose(page, 'セグメント', '契約中の企業')
      await done(page)
      await until(() => gone.count(), 0, 'rows that are gone')
      await until(async () => 0 < numberIn((await settled(page)) ?? ''), true, 'a count')
      await page.keyboard.press('Control+Enter')
      const sample = page.getByRole('complementary', { name: 'いまの件数' })
      await until(() => sample.locator('a:focus').count(), 1, 'the focus on somebody who matches')
    },
  ],
]
