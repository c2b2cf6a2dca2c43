/** Ways in that stay open: a watched folder, and the tag on a site of another origin. */
import { createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { equal, insist, until } from './expect.mjs'

/** A site of the firm's own with these pages; each holds the snippet. */
const site = async (snippet) => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>${request.url}</title><link rel="icon" href="data:,">${snippet()}<h1>店</h1>`)
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  }
}

export const stories = [
  [
    'a file put into the watched folder waits for its columns, and the next one goes in by itself',
    async ({ page, api }) => {
      const folder = mkdtempSync(join(tmpdir(), 'kizashi-watched-'))
      try {
        await page.goto('/settings')
        const panel = page.locator('section').filter({ hasText: 'フォルダの監視' }).first()
        const typed = panel.getByRole('textbox')
        await typed.fill('/no/such/folder')
        await panel.getByRole('button', { name: '監視する' }).click()
        await panel.getByText('というフォルダがありません').waitFor()
        await typed.fill(folder)
        await panel.getByRole('button', { name: '監視する' }).click()
        await panel.getByRole('button', { name: '監視をやめる' }).waitFor()

        const header = '会員番号,お店の名前,お電話\n'
        writeFileSync(join(folder, '一月.csv'), `${header}W-1,波止場商店,03-1234-5678\n`)
        await page.goto('/imports')
        await page.getByText(/一月\.csv — 列の読み方を決めてください/).waitFor({ timeout: 30_000 })
        await page.getByRole('link', { name: '一月.csv' }).first().click()
        const { id } = (await api('GET', '/imports')).imports[0]
        await api('PATCH', `/imports/${id}`, { kind: 'customers', fields: { 0: 'customer', 1: 'name', 2: 'phone' } })
        await api('POST', `/imports/${id}/commit`, {})
        const lies = (name) => () => existsSync(join(folder, 'done', name))
        await until(lies('一月.csv'), true, 'the first file in done', 30_000)
        writeFileSync(join(folder, '二月.csv'), `${header}W-2,灯台食堂,03-2222-3333\n`)
        await until(lies('二月.csv'), true, 'the second file in done', 30_000)
        await page.goto('/imports')
        await page.getByRole('row', { name: /二月\.csv.*フォルダの監視/ }).waitFor()
        const { name } = await api('GET', '/customers/W-2')
        equal(name, '灯台食堂', 'the customer of the second file')
      } finally {
        await api('PUT', '/watch-folder', { folder: null })
        rmSync(folder, { recursive: true, force: true })
      }
    },
  ],
  [
    'a tag made on the page turns what a visitor reads into the history of the customer',
    async ({ page, api, context }) => {
      let snippet = ''
      const shop = await site(() => snippet)
      try {
        await page.goto('/settings')
        const panel = page.locator('section').filter({ hasText: 'Web タグ' }).first()
        await panel.getByRole('textbox', { name: '名前' }).fill('店')
        await panel.getByLabel('使うサイト').first().fill(shop.origin)
        await page.keyboard.press('Enter')
        await panel.getByLabel('閲覧のほかに送れる出来事').first().fill('signup')
        await page.keyboard.press('Enter')
        await panel.getByRole('button', { name: 'タグを作る' }).click()
        const secret = await page.getByRole('dialog').locator('code').innerText()
        await page.getByRole('dialog').getByRole('button', { name: '閉じる' }).last().click()
        snippet = await panel.locator('pre').first().innerText()
        insist(snippet.includes('/tag.js'), `the snippet to copy: ${snippet}`)

        const visit = await context.newPage()
        await visit.goto(`${shop.origin}/pricing?utm_source=mail&token=secret`)
        await visit.waitForFunction(() => document.cookie.includes('kizashi_id='))
        const id = (await visit.evaluate(() => document.cookie)).match(/kizashi_id=([0-9a-f]{32})/)[1]
        const timeline = async (key) => (await api('GET', `/customers/${encodeURIComponent(key)}/timeline`)).rows
        const seen = () =>
          timeline(`web:${id}`)
            .then((rows) => rows.length)
            .catch(() => 0)
        await until(seen, 1, 'page views of the visitor')
        await visit.evaluate(() => {
          kizashi('event', 'signup', { plan: 'team' })
          history.pushState(null, '', '/help/start')
        })
        await until(seen, 3, 'the event and the page inside the page')

        const { rows } = await api('GET', '/customers?limit=1')
        const customer = rows[0].key
        const proof = createHmac('sha256', secret).update(customer).digest('hex')
        await visit.evaluate(([who, proved]) => kizashi('identify', who, proved), [customer, proof])
        const records = async () => (await api('GET', `/customers/${encodeURIComponent(customer)}`)).records
        await until(records, [customer, `web:${id}`], 'the records that are this customer')
        const names = (await timeline(customer)).map(({ name }) => name)
        insist(names.includes('signup') && names.includes('page_viewed'), `the history of the customer: ${names}`)
        const pair = `/pairs/${encodeURIComponent(customer)}/${encodeURIComponent(`web:${id}`)}`
        await api('PUT', pair, { decision: null })
        equal(await records(), [customer], 'the records after it was taken back')

        // Who asks not to be followed leaves no cookie and no trace.
        const shy = await context.browser().newContext()
        await shy.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true }))
        const asked = []
        const quiet = await shy.newPage()
        quiet.on('request', (request) => asked.push(request.url()))
        await quiet.goto(`${shop.origin}/pricing`)
        await quiet.waitForFunction(() => typeof window.kizashi === 'function' && !window.kizashi.q)
        await quiet.evaluate(() => kizashi('event', 'signup'))
        await quiet.waitForTimeout(1_500)
        equal(await quiet.evaluate(() => document.cookie), '', 'cookies of who asks not to be followed')
        equal(
          asked.filter((url) => url.includes('/collect/')),
          [],
          'what was sent of who asks not to be followed',
        )
        await shy.close()

        await page.reload()
        await panel.getByText('最後に届いた').waitFor()
        await panel.getByRole('button', { name: '止める' }).click()
        await until(async () => (await api('GET', '/tags')).tags.length, 0, 'tags after it was stopped')
      } finally {
        await shop.close()
      }
    },
  ],
  [
    'a backup is made, read through, fetched, and removed after one is told what stays',
    async ({ page, context, api }) => {
      await page.goto('/settings')
      await page.getByText('バックアップはまだありません。').waitFor()
      await page.getByRole('button', { name: 'いま作る' }).click()
      const fetched = page.getByRole('link', { name: 'ダウンロード' })
      await fetched.waitFor()
      const [row] = (await api('GET', '/backups')).backups
      await page.getByRole('button', { name: '読み直して確かめる' }).click()
      await page.getByText('壊れていません', { exact: false }).waitFor()
      const file = await context.request.get(await fetched.getAttribute('href'))
      equal((await file.body()).length, row.bytes, 'bytes of the file')
      await page.getByText('復元のしかた').click()
      await page.getByText(new RegExp(`kizashi restore .*${row.name} my-firm-again`)).waitFor()
      await page.getByRole('button', { name: '削除' }).click()
      const dialog = page.getByRole('dialog', { name: /のバックアップを削除する/ })
      await dialog.getByText('ほかのバックアップは残ります', { exact: false }).waitFor()
      await dialog.getByRole('button').last().click()
      await page.getByText('バックアップはまだありません。').waitFor()
      equal((await api('GET', '/backups')).backups, [], 'what is left')
    },
  ],
]
