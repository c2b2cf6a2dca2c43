/** Models: learnt from the page with progress, shown with a card, asked by conditions, said on the customer's page. */
import { equal, insist, until } from './expect.mjs'

const learnt = async (api, id) => {
  for (;;) {
    const model = await api('GET', `/models/${id}`)
    if (model.progress === null) return model
    await new Promise((later) => setTimeout(later, 300))
  }
}

export const stories = [
  [
    'a model of purchases is begun on the page, shows its card, and its score is a condition',
    async ({ page, api }) => {
      await page.goto('/segments')
      await page.getByRole('gridcell').first().waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('p')
      await page.waitForURL(/\/models$/)
      await page.getByRole('button', { name: '学び始める' }).last().click()
      await page.waitForURL((url) => url.searchParams.get('model') === 'will-buy')
      const model = await learnt(api, 'will-buy')
      insist(model.refused === null, model.refused)
      await page.getByRole('heading', { name: /のカード/ }).waitFor({ timeout: 30_000 })
      const rows = page.locator('tr[data-won]')
      await until(() => rows.count(), 1, 'chosen learners')
      insist(0.6 < model.card.learners.find(({ won }) => won).auc.value, 'the model tells nothing')
      const condition = { score: 'will-buy', is: { at_least: '0.5' } }
      const { count } = await api('POST', '/preview', { condition })
      insist(0 < count, 'nobody is likely')
      await page.getByRole('link', { name: '見込みの高い方のセグメントを作る' }).click()
      await page.waitForURL(/\/segments\/new/)
    },
  ],
  [
    'those who are like the loyal are listed with what they share, and a customer says what is to come',
    async ({ page, api }) => {
      const segment = 'high-potential'
      await api('PUT', '/models/lookalike', { learn: { kind: 'lookalike', segment }, horizon_days: 30 })
      await api('POST', '/models/lookalike/learn', {})
      const model = await learnt(api, 'lookalike')
      insist(model.refused === null, model.refused)
      await page.goto('/models?model=lookalike')
      const told = await api('GET', '/models/lookalike/prospects?limit=50')
      const people = page.locator('section:has(h2:text("似ている方")) ol > li')
      await until(() => people.count(), Math.min(50, told.count), 'prospects')
      const [first] = told.rows
      insist(0 < first.shared.length, 'nothing in common')
      await people.first().getByRole('link', { name: first.customer.name }).click()
      await page.waitForURL(/\/customers\//)
      const panel = page.locator('section:has(h2:text("これからの見込み"))')
      await panel.locator('details').first().waitFor()
      const outlook = await api('GET', `/customers/${encodeURIComponent(first.customer.key)}/outlook`)
      const scores = outlook.scores.filter(({ score }) => score !== null)
      equal(await panel.locator('details').count(), scores.length, 'scores')
    },
  ],
  [
    'a model can be removed and taken back',
    async ({ page, api }) => {
      await api('PUT', '/models/value', {
        learn: { kind: 'value', event: 'purchased', amount: 'amount' },
        horizon_days: 90,
      })
      await page.goto('/models')
      const card = page.locator('li', { has: page.getByRole('heading', { name: /90日間/ }) })
      await card.getByRole('button', { name: '外す' }).click()
      const ids = async () => (await api('GET', '/models')).models.map(({ id }) => id)
      await until(async () => (await ids()).includes('value'), false, 'the model')
      await page.getByRole('button', { name: '元に戻す' }).click()
      await until(async () => (await ids()).includes('value'), true, 'the model')
    },
  ],
]
