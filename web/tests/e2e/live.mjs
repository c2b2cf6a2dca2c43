/** An open page follows what happens, by an event and by time alone. */
import { insist, until } from './expect.mjs'

const countOn = (page) => page.locator('[data-count]').first().innerText()

const pingedSegment = async (api, event, window) => {
  const segment = await api('POST', '/segments', {
    names: { ja: event, en: event },
    condition: { all: [{ event, last: window }] },
  })
  const { rows } = await api('GET', '/customers?limit=1')
  const ping = () =>
    api('POST', '/events', { source: 'e2e', events: [{ id: `${event}-1`, customer: rows[0].key, name: event }] })
  return { segment, ping, customer: rows[0] }
}

const isLive = (page) => page.locator('[data-state="live"]').waitFor()

export const stories = [
  [
    'an event changes an open segment page within a second',
    async ({ page, api }) => {
      const { segment, ping, customer } = await pingedSegment(api, 'e2e_pinged', '1d')
      await page.goto(`/segments/${segment.id}`)
      await until(() => countOn(page), '0 件', 'the count before')
      await isLive(page)
      await page.evaluate(() => {
        window.sameDocument = true
      })
      const begun = performance.now()
      await ping()
      await until(() => countOn(page), '1 件', 'the count after')
      const took = performance.now() - begun
      insist(took < 1_000, `it took ${Math.round(took)} ms`)
      await page.getByRole('gridcell').getByRole('link', { name: customer.name }).waitFor()
      insist(await page.evaluate(() => window.sameDocument), 'the page was loaded again')
    },
  ],
  [
    'eight tabs share one stream and all follow',
    async ({ page, context, api }) => {
      const { segment, ping } = await pingedSegment(api, 'e2e_shared', '1d')
      const tabs = [page, ...(await Promise.all(Array.from({ length: 7 }, () => context.newPage())))]
      for (const tab of tabs) {
        await tab.goto(`/segments/${segment.id}`)
        await until(() => countOn(tab), '0 件', 'the count before')
        await isLive(tab)
      }
      await ping()
      for (const tab of tabs) await until(() => countOn(tab), '1 件', 'the count after')
    },
  ],
  [
    'time alone changes an open segment page',
    async ({ page, api }) => {
      const { segment, ping } = await pingedSegment(api, 'e2e_fades', '1d')
      await ping()
      await page.goto(`/segments/${segment.id}`)
      await until(() => countOn(page), '1 件', 'the count before')
      await isLive(page)
      await api('POST', '/clock', { by_seconds: 86_400 + 60 })
      await until(() => countOn(page), '0 件', 'the count a day later')
    },
  ],
]
