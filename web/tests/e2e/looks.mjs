/** Every page in both languages and both schemes: a picture, no serious finding, no error. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { seriousFindings } from './chromium.mjs'
import { equal, until } from './expect.mjs'

const PICTURES = join(import.meta.dirname, '..', '..', '..', 'artefacts', 'screenshots')

/** What the builder shows once the draft is counted. */
const COUNTED = 'aside div:not([data-old]) > b'

/** Name, address, what shows once the page has its answer and, for some, what is pressed then. */
const pages = async (api) => {
  const { rows: people } = await api('GET', '/customers?limit=1')
  const { segments } = await api('GET', '/segments')
  const segment = segments.find(({ count }) => 0 < count)
  const { rows: members } = await api('GET', `/segments/${segment.id}/members?limit=1`)
  const { signs } = await api('GET', '/signs')
  const match = await api('GET', '/offers/premium-plan/customers?limit=1')
  const { imports } = await api('GET', '/imports')
  await until(async () => (await api('GET', '/reports?limit=1')).reading, null, 'the reading of past texts', 60_000)
  const [report] = (await api('GET', '/reports?limit=1')).rows
  const of = (path) => encodeURIComponent(path)
  return [
    ['today', '/', 'ol[aria-label] > li'],
    ['customers', '/customers', '[role=gridcell]'],
    ['customers-chosen', '/customers', '[role=gridcell]', '[role=columnheader] input'],
    ['customer', `/customers/${of(people[0].key)}`, 'h3'],
    ['segments', '/segments', '[role=gridcell]'],
    ['segment', `/segments/${of(segment.id)}`, '[role=gridcell]'],
    ['why', `/segments/${of(segment.id)}?why=${of(members[0].key)}`, '[role=dialog] li'],
    ['builder', `/segments/${of(segment.id)}/edit`, COUNTED, 'fieldset button[aria-expanded]:not([aria-haspopup])'],
    ['builder-menu', `/segments/${of(segment.id)}/edit`, COUNTED, 'fieldset button[aria-haspopup=menu]'],
    ['new-segment', '/segments/new', 'fieldset'],
    ['templates', '/templates', 'main li h3'],
    ['map', '/map', 'a[data-golden]'],
    ['map-matrix', '/map?view=matrix', 'canvas'],
    ['map-flow', '/map?view=flow', 'table a'],
    ['map-care', '/map?view=care', 'section li'],
    ['golden', '/golden', 'li[data-golden] a'],
    ['tables', '/tables', '[data-at]'],
    ['tables-cell', '/tables?cell=0-1', '[role=dialog] a'],
    ['models', '/models', 'main h2'],
    ['signs', '/signs', 'article'],
    ['patterns', '/signs/found', 'main button'],
    ['sign-form', '/signs/churn/edit', 'main ol li'],
    ['sign', `/signs?sign=${of(signs[0].id)}`, 'main'],
    ['sign-past', `/signs?sign=${of('churn')}&past=1`, 'main dl'],
    ['offers', '/offers', 'article'],
    ['offer', '/offers?offer=premium-plan', '[role=gridcell]'],
    ['offer-all', '/offers?offer=premium-plan&tab=all', 'table'],
    ['offer-review', '/offers?offer=premium-plan&tab=review', 'main label'],
    ['offer-sheet', `/offers?offer=premium-plan&c=${of(match.rows[0].key)}`, '[role=dialog] summary'],
    ['offer-form', '/offers/premium-plan/edit', 'main ol li'],
    ['needs', '/offers?tab=needs', 'h2'],
    ['together', '/offers?tab=together', 'main button'],
    ['due', '/due', 'main button'],
    ['reports', '/reports', '[role=feed] article'],
    ['new-report', '/reports/new', 'textarea'],
    ['reports-board', `/reports?tab=board&week=${report.at.slice(0, 10)}`, 'h3, h2'],
    ['reports-mentions', `/reports?tab=mentions&unit=month&from=${report.at.slice(0, 4) - 1}-12-01`, 'tbody tr'],
    ['reports-dictionary', '/reports?tab=dictionary', 'details'],
    ['data', '/data', 'h2'],
    ['data-pairs', '/data?tab=pairs', '[role=feed] article, main p'],
    ['imports', '/imports', 'input[type=file]'],
    ...(imports[0] ? [['import', `/imports/${imports[0].id}`, 'table']] : []),
    ['settings', '/settings', 'dl'],
    ['sign-in', '/sign-in', 'form'],
    ['setup', '/setup?token=none', 'form'],
    ['join', '/join?token=none', 'form'],
    ['nowhere', '/nowhere', 'h1'],
  ]
}

/** Resolves once type is there, nothing moves and what was last drawn is on the screen. */
const settled = async () => {
  await document.fonts.ready
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
  for (let n = 0; n < 2; n++) await new Promise((drawn) => requestAnimationFrame(drawn))
}

export const stories = ['ja', 'en'].flatMap((language) =>
  ['light', 'dark'].map((scheme) => [
    `every page in ${language} and ${scheme} is free of serious findings and errors`,
    async ({ page, api, errors }) => {
      mkdirSync(PICTURES, { recursive: true })
      const found = []
      for (const [name, path, shown, pressed] of await pages(api)) {
        await page.goto(path)
        try {
          await page.locator(shown).first().waitFor({ state: 'attached' })
          await page.waitForLoadState('load')
          if ((await page.locator('nav').count()) > 0) await page.locator('[data-state=live]').waitFor()
          if (pressed) await page.locator(pressed).first().click()
          await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor({ state: 'attached' })
          await page.evaluate(settled)
          await page.screenshot({ path: join(PICTURES, `${name}-${language}-${scheme}.png`) })
          if ((await page.locator('h1').count()) !== 1) found.push(`${name}: not exactly one heading of level one`)
          found.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`))
        } catch (error) {
          found.push(`${name}: ${error.message}`)
        }
      }
      equal(found, [], 'findings')
      equal(errors, [], 'errors in the console')
    },
    { language, scheme },
  ]),
)
