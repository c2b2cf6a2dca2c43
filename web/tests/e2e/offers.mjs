/** Offers: whom each fits best, why, what to ask; needs recorded and taken back; an offer written on the page. */
import { equal, insist, until } from './expect.mjs'

const LEVEL = /^\d+(–\d+)?$/

export const stories = [
  [
    'customers are listed by how well an offer fits, and the sheet of one says why and what to ask',
    async ({ page, api }) => {
      await page.goto('/segments')
      await page.getByRole('gridcell').first().waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('o')
      await page.waitForURL(/\/offers$/)
      const card = page.locator('article', { has: page.getByRole('heading', { name: 'プレミアムプラン' }) })
      await card.getByRole('link', { name: '合う顧客を見る' }).click()
      const told = await api('GET', '/offers/premium-plan/customers?limit=1')
      const grid = page.getByRole('grid')
      await grid.getByRole('row').nth(1).waitFor()
      equal(await grid.getAttribute('aria-rowcount'), String(told.count + 1), 'rows')
      const [first] = told.rows
      const row = grid.getByRole('row').nth(1)
      insist(LEVEL.test((await row.getByRole('gridcell').first().innerText()).trim()), 'no level')
      insist((await row.innerText()).includes(first.name), 'another customer comes first')
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      const sheet = page.getByRole('dialog')
      await sheet.getByRole('heading', { name: first.name }).waitFor()
      const match = await api('GET', `/offers/premium-plan/match/${encodeURIComponent(first.key)}`)
      equal(await sheet.locator('details').count(), match.criteria.length, 'criteria')
      await sheet.locator('summary').first().click()
      await sheet.locator('details[open] li').first().waitFor()
      await page.keyboard.press('Escape')
      await page.waitForURL((url) => !url.searchParams.has('c'))
    },
  ],
  [
    'a list of thousands is read window by window, by a variant and by a name',
    async ({ page, api }) => {
      await page.goto('/offers?offer=supplies-subscription')
      const told = await api('GET', '/offers/supplies-subscription/customers?limit=500')
      insist(3_000 < told.count, 'the list is short')
      const grid = page.getByRole('grid')
      await grid.getByRole('row').nth(1).waitFor()
      for (let n = 0; n < 3; n += 1) {
        await grid.locator('[role=rowgroup]').evaluate((frame) => frame.scrollTo(0, frame.scrollHeight))
        await page.waitForTimeout(300)
      }
      insist(
        100 < Number(await grid.getByRole('row').last().getAttribute('aria-rowindex')),
        'only the first window was read',
      )
      const [row] = told.rows
      await page.getByRole('searchbox', { name: '顧客を探す' }).fill(row.name)
      const { count } = await api('GET', `/offers/supplies-subscription/customers?q=${encodeURIComponent(row.name)}`)
      await until(() => grid.getAttribute('aria-rowcount'), String(count + 1), 'rows that fit the words')
      await page.goto('/offers?offer=standard-plan&tab=all')
      await page.getByRole('table').first().waitFor()
      equal(await page.getByRole('table').nth(1).locator('tbody tr').count(), 5, 'criteria')
    },
  ],
  [
    'a need is recorded on the customer page, changes the level, and is taken back by Ctrl+Z',
    async ({ page, api }) => {
      const { rows } = await api('GET', '/offers/premium-plan/customers?limit=100')
      const { key } = rows.find(({ states }) => states[0] === 'unknown')
      const level = async () => (await api('GET', `/offers/premium-plan/match/${encodeURIComponent(key)}`)).level
      const before = await level()
      await page.goto(`/customers/${encodeURIComponent(key)}`)
      const panel = page.locator('section:has(h2:text("提案とニーズ"))')
      const need = panel.locator('li', { hasText: '入退室とログを管理したい' })
      await need.getByText('顕在', { exact: true }).click()
      await until(level, before + 30, 'the level')
      await need.getByText(/営業の記録/).waitFor()
      await page.getByText('「顕在」と記録しました').waitFor()
      await page.keyboard.press('Control+z')
      await until(level, before, 'the level')
    },
  ],
  [
    'an offer is written on the page, refused with its faults, saved, and switched off and on',
    async ({ page, api }) => {
      await page.goto('/offers/new')
      await page.getByRole('textbox', { name: 'ID' }).fill('visit-kit')
      await page.getByRole('textbox', { name: '名前（日本語）' }).first().fill('来客セット')
      await page.getByRole('button', { name: '保存' }).click()
      await page.getByRole('alert').first().waitFor()
      await page.getByPlaceholder('ニーズを足す').click()
      await page.getByRole('option', { name: '来客受付の手間を減らしたい' }).click()
      await page.keyboard.press('Control+s')
      await page.waitForURL((url) => url.searchParams.get('offer') === 'visit-kit')
      equal((await api('GET', '/offers/visit-kit')).criteria.length, 1, 'criteria')
      await page.getByRole('button', { name: '停止する' }).click()
      await until(async () => (await api('GET', '/offers/visit-kit')).state, 'off', 'the state')
      await page.getByRole('button', { name: '使い始める' }).click()
      await until(async () => (await api('GET', '/offers/visit-kit')).state, 'in_force', 'the state')
      await page.goto('/offers?tab=needs')
      await page.getByRole('heading', { name: '来客受付の手間を減らしたい' }).waitFor()
      const refused = page.getByRole('button', { name: '外す' }).first()
      insist(await refused.isDisabled(), 'a need that an offer meets can be removed')
      await api('DELETE', '/offers/visit-kit')
    },
  ],
  [
    'what is bought together is learnt on the page, held against what sells best, and said on a customer page',
    async ({ page, api }) => {
      await page.goto('/offers?tab=together')
      await page.getByRole('button', { name: '調べる' }).click()
      await until(async () => (await api('GET', '/next-offers')).state, 'done', 'learning', 60_000)
      const { result } = await api('GET', '/next-offers')
      insist(0 < result.tried && 0 < result.trial.n, 'nothing was tried')
      await page.getByText(result.trial.sentence).waitFor()
      if (0 < result.pairs.length) {
        equal(await page.getByRole('grid').getAttribute('aria-rowcount'), String(result.pairs.length + 1), 'pairs')
      }
      const { rows } = await api('GET', '/offers/supplies-subscription/customers?limit=1')
      const next = await api('GET', `/customers/${encodeURIComponent(rows[0].key)}/next-offers`)
      await page.goto(`/customers/${encodeURIComponent(rows[0].key)}`)
      const panel = page.locator('section:has(h2:text("提案とニーズ"))')
      await panel.getByRole('heading', { name: '次に勧めるもの' }).waitFor()
      await panel.getByText(next.rows[0].item).first().waitFor()
    },
  ],
  [
    'a proposal is recorded on the sheet with its level, answered, counted in the review, and taken back',
    async ({ page, api }) => {
      const { rows } = await api('GET', '/offers/standard-plan/customers?limit=2')
      const { key, level } = rows[1]
      const of = encodeURIComponent(key)
      await page.goto(`/offers?offer=standard-plan&c=${of}`)
      const part = page
        .getByRole('dialog')
        .locator('section', { has: page.getByRole('heading', { name: '提案の記録' }) })
      await part.getByRole('textbox', { name: 'この相手への組み立て' }).fill('部署ひとつから')
      await part.getByRole('button', { name: '提案したと記録' }).click()
      const made = async () => (await api('GET', `/customers/${of}/proposals`)).proposals
      await until(async () => (await made()).length, 1, 'proposals')
      equal((await made())[0].arrangement, '部署ひとつから', 'the arrangement')
      insist(level <= (await made())[0].level, 'the level is not that of the sheet')
      await part.getByText('受注', { exact: true }).click()
      await until(async () => (await made())[0].result, 'won', 'the answer')
      await page.getByText('「受注」と記録しました').waitFor()
      await page.keyboard.press('Control+z')
      await until(async () => (await made())[0].result, 'open', 'the answer')
      await part.getByText('見送り', { exact: true }).click()
      await until(async () => (await made())[0].result, 'lost', 'the answer')
      await page.goto('/offers?offer=standard-plan&tab=review')
      await page.getByRole('heading', { name: 'マッチングと受注率' }).waitFor()
      equal(
        (await api('GET', '/offers/standard-plan/review')).all,
        { won: 0, of: 1, share: 0, low: 0, high: 0.975 },
        'all',
      )
    },
  ],
]
