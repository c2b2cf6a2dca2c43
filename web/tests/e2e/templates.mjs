/** The gallery: found in any script, each template opens in the builder and counts as the API counts. */
import { countOnPage } from './clicks.mjs'
import { equal, insist, until } from './expect.mjs'

const cards = (page) => page.locator('main li:has(h3)')

export const stories = [
  [
    'the gallery is searched in kanji, kana, Latin letters and English, and says what is missing',
    async ({ page, api }) => {
      const { templates } = await api('GET', '/templates')
      await page.goto('/templates')
      await until(() => cards(page).count(), templates.length, 'cards')
      const field = page.getByRole('searchbox')
      const found = async (q) => {
        await field.fill(q)
        await page.waitForURL((url) => url.searchParams.get('q') === q)
        return (await cards(page).locator('h3').allInnerTexts()).join('\n')
      }
      const byKanji = await found('休眠')
      insist(byKanji !== '', 'nothing was found')
      equal(await found('きゅうみん'), byKanji, 'found by kana')
      equal(await found('kyumin'), byKanji, 'found by Latin letters')
      const lacking = templates.filter(({ missing }) => 0 < missing.length)
      await field.fill('')
      await until(() => cards(page).count(), templates.length, 'cards')
      equal(await page.getByText(/まだないデータ/).count(), lacking.length, 'cards that lack data')
    },
  ],
  [
    'a template opens in the builder with its words, and is saved under them',
    async ({ page, api }) => {
      const { templates } = await api('GET', '/templates')
      const [template] = templates.filter(({ needs, missing }) => needs.segments.length + missing.length === 0)
      await page.goto('/templates')
      await page.getByRole('link', { name: `これで始める：「${template.names.ja}」` }).click()
      await page.waitForURL(/\/segments\/new\?template=/)
      await countOnPage(page)
      await page.keyboard.press('Control+s')
      await page.waitForURL((url) => /\/segments\/(?!new)[^/]+$/.test(url.pathname))
      const saved = await api('GET', new URL(page.url()).pathname)
      equal(saved.names, template.names, 'the names')
      equal(saved.purpose, template.purpose.ja, 'the purpose')
      equal(saved.sentence, template.sentence, 'the sentence')
    },
  ],
  [
    'every template loads into the builder, with a row for each of its conditions and the count of the API',
    async ({ page, api }) => {
      const { templates } = await api('GET', '/templates')
      equal(new Set(templates.map(({ row }) => row)).size, 41, 'examples')
      const needed = new Set(templates.flatMap(({ needs }) => needs.segments))
      for (const { id, names, condition } of templates) {
        if (needed.has(id)) await api('POST', '/segments', { id, names, condition })
      }
      for (const { id, condition } of templates) {
        await page.goto(`/segments/new?template=${encodeURIComponent(id)}`)
        const { count } = await api('POST', '/preview', { condition })
        equal(await countOnPage(page), count, `the count of ${id}`)
        insist((await page.locator('fieldset [role=alert]').count()) === 0, `${id} has faults`)
        const row = page.locator('fieldset button[aria-expanded][data-sentence]').first()
        await row.click()
        await page.locator('[data-open]').getByRole('combobox', { name: '種類' }).waitFor()
        equal(await page.getByRole('textbox', { name: '条件の JSON' }).count(), 0, `rows of ${id} that are text`)
      }
    },
  ],
]
