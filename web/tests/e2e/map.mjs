/** The map: each view by its key, a pair by the arrows, the people behind a band; and the list that sorts and filters. */
import { equal, insist, until } from './expect.mjs'

const heading = (page) => page.getByRole('heading', { level: 1 })

export const stories = [
  [
    'G M opens the map, numbers change the view, and every area leads to its segment',
    async ({ page, api }) => {
      await page.goto('/segments')
      await page.getByRole('gridcell').first().waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('m')
      await page.waitForURL(/\/map$/)
      const { segments } = await api('GET', '/segments')
      const peopled = segments.filter((row) => !row.retired && row.faults.length === 0 && 0 < row.count)
      await until(() => page.locator('a[data-golden]').count(), peopled.length, 'areas')
      for (const [key, view] of [
        ['2', 'matrix'],
        ['3', 'flow'],
        ['4', 'care'],
        ['5', 'sets'],
      ]) {
        await page.keyboard.press(key)
        await page.waitForURL((url) => url.searchParams.get('view') === view)
      }
      await page.keyboard.press('1')
      await page.locator('a[data-golden]').first().click()
      await page.waitForURL(/\/segments\/[^/]+$/)
    },
  ],
  [
    'the arrows move over the matrix, Enter opens the pair, and its number is that of the API',
    async ({ page, api }) => {
      await page.goto('/map?view=matrix')
      const field = page.getByRole('application')
      await field.waitFor()
      await field.focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.searchParams.get('pair') === 'open')
      const { searchParams } = new URL(page.url())
      const [row, column] = [searchParams.get('row'), searchParams.get('column')]
      insist(row !== column, 'the arrow did not move')
      const condition = { all: [{ segment: row }, { segment: column }] }
      const { count } = await api('POST', '/preview', { condition })
      const both = page.getByRole('complementary', { name: '選んだ二つ' }).locator('dl > div', { hasText: '両方' })
      equal(await both.locator('dd').innerText(), count.toLocaleString('en'), 'members of both')
      await page.getByRole('link', { name: '両方の人で作る' }).click()
      await page.waitForURL(/\/segments\/new/)
      await page.locator('fieldset button[aria-expanded]').nth(1).waitFor()
    },
  ],
  [
    'a band of the flow opens the people in it',
    async ({ page }) => {
      await page.goto('/map?view=flow')
      const link = page.locator('table a').first()
      await link.waitFor()
      const n = await link.innerText()
      await link.click()
      const people = page.getByRole('dialog')
      await people.getByText(`${n} 件`).waitFor()
      insist(0 < (await people.getByRole('listitem').count()), 'nobody is listed')
    },
  ],
  [
    'the list sorts by a heading and filters by what is wrong, and the address says so',
    async ({ page, api }) => {
      await page.goto('/segments')
      const names = page.locator('[role=row] a[data-count]')
      await names.first().waitFor()
      const counts = async () => (await names.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')))
      await page.getByRole('button', { name: '件数' }).click()
      await page.waitForURL((url) => url.searchParams.get('sort') === 'count')
      await until(
        async () => (await counts()).every((n, at, all) => at === 0 || n <= all[at - 1]),
        true,
        'largest first',
      )
      await page.getByRole('button', { name: '件数' }).click()
      await until(
        async () => (await counts()).every((n, at, all) => at === 0 || all[at - 1] <= n),
        true,
        'smallest first',
      )
      await page.getByRole('combobox', { name: '状態' }).click()
      await page.getByRole('option', { name: '該当なし' }).click()
      const { segments } = await api('GET', '/segments')
      const empty = segments.filter((row) => !row.retired && row.count === 0 && row.faults.length === 0)
      await until(() => names.count(), empty.length, 'empty segments')
      await page.reload()
      await until(() => names.count(), empty.length, 'empty segments after a reload')
      await heading(page).waitFor()
    },
  ],
  [
    'ten thousand segments are drawn in windows and sorted at once',
    async ({ page, api }) => {
      const list = await api('GET', '/segments')
      const many = Array.from({ length: 10_000 }, (_, at) => ({
        ...list.segments[at % list.segments.length],
        id: `many-${at}`,
        name: `セグメント ${at}`,
        count: (at * 7919) % 10_007,
        retired: false,
      }))
      await page.route('**/api/v1/segments', (route) => route.fulfill({ json: { ...list, segments: many } }))
      await page.goto('/segments')
      const grid = page.getByRole('grid')
      await grid.waitFor()
      equal(await grid.getAttribute('aria-rowcount'), '10001', 'rows told')
      insist((await page.getByRole('row').count()) < 80, 'more rows are drawn than can be seen')
      await page.getByRole('button', { name: '件数' }).click()
      const first = page.locator('[role=row] a[data-count]').first()
      await until(() => first.innerText(), '10,006', 'the largest')
      await page.getByRole('searchbox').fill('せぐめんと 9999')
      await until(() => page.locator('[role=row] a[data-count]').count(), 1, 'rows found')
    },
  ],
  [
    'M merges two segments: what used the one uses the other, and all of it can be undone',
    async ({ page, api }) => {
      const make = (id, condition) => api('POST', '/segments', { id, names: { ja: id, en: id }, condition })
      await make('merge-a', { event: 'login', last: '30d' })
      await make('merge-b', { event: 'login', last: '31d' })
      await make('merge-x', { not: { segment: 'merge-a' } })
      await page.goto('/map?view=matrix&row=merge-a&column=merge-b')
      const field = page.getByRole('application')
      await field.focus()
      await page.keyboard.press('m')
      const dialog = page.getByRole('dialog', { name: /一つにまとめる/ })
      await dialog.getByText('merge-b', { exact: true }).first().click()
      await dialog.getByText('merge-x').waitFor()
      await dialog.getByRole('button', { name: 'まとめる' }).click()
      await page.getByText('「merge-a」を「merge-b」にまとめました').waitFor()
      equal((await api('GET', '/segments/merge-x')).condition, { not: { segment: 'merge-b' } }, 'what it refers to')
      insist((await api('GET', '/segments/merge-a')).retired, 'the other is still in use')
      await page.getByRole('button', { name: '元に戻す' }).last().click()
      await until(async () => (await api('GET', '/segments/merge-a')).retired, false, 'in use again')
      equal((await api('GET', '/segments/merge-x')).condition, { not: { segment: 'merge-a' } }, 'after undo')

      // The one that goes carries the one that would stay: it says so, and the other way round is open.
      await page.goto('/map?view=care&row=merge-a&column=merge-x&merge=1')
      await dialog.getByText('merge-x', { exact: true }).first().click()
      await dialog.getByRole('alert').waitFor()
      insist(await dialog.getByRole('button', { name: 'まとめる' }).isDisabled(), 'a circle could be merged')
      for (const id of ['merge-x', 'merge-a', 'merge-b']) await api('DELETE', `/segments/${id}`)
    },
  ],
  [
    'exactly which segments customers are in adds up, and each number opens its condition',
    async ({ page, api }) => {
      await page.goto('/map?view=sets&ids=customers-now,loyal,at-risk')
      const table = page.getByRole('table')
      await table.waitFor()
      const told = await api('GET', '/combinations?ids=customers-now,loyal,at-risk')
      equal(await table.locator('tbody tr').count(), told.combinations.length, 'rows')
      const either = { any: ['customers-now', 'loyal', 'at-risk'].map((segment) => ({ segment })) }
      const { count } = await api('POST', '/preview', { condition: either })
      equal(
        told.combinations.reduce((sum, row) => sum + row.count, 0),
        count,
        'everybody is in one row',
      )
      const [first] = told.combinations
      await table.locator('tbody a').first().click()
      await page.waitForURL(/\/segments\/new/)
      const shown = page.getByRole('complementary', { name: 'いまの件数' }).locator('div:not([data-old]) > b')
      await until(() => shown.innerText().catch(() => ''), first.count.toLocaleString('en'), 'the count behind it')
    },
  ],
]
