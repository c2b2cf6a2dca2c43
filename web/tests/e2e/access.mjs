/** A firm of its own: the one-time link, an invitation, a wrong and a right password, and what a rep sees. */
import { equal, insist } from './expect.mjs'

const OWNER = { email: 'owner@example.jp', password: '正しい馬の電池ホチキスで留める' }
const REP = { email: 'rep@example.jp', password: '営業の長い合言葉をここに書いておく' }

const signIn = async (page, { email, password }) => {
  await page.getByRole('textbox', { name: /メールアドレス/ }).fill(email)
  await page.locator('input[autocomplete="current-password"]').fill(password)
  await page.getByRole('button', { name: 'サインイン', exact: true }).click()
}

export const stories = [
  [
    'the one-time link makes the owner, and asks for a long password',
    async ({ page, server }) => {
      await page.goto('/')
      await page.waitForURL(/\/sign-in/)
      await page.getByText('まだ設定が済んでいません', { exact: false }).waitFor()
      const link = new URL(server.setupLink, server.url)
      await page.goto(link.pathname + link.search)
      await page.getByRole('textbox', { name: /メールアドレス/ }).fill(OWNER.email)
      await page.getByRole('textbox', { name: /名前/ }).fill('持ち主')
      await page.locator('input[autocomplete="new-password"]').fill('短い')
      await page.getByRole('button', { name: 'はじめる' }).click()
      await page.getByText('あと少し長くしてください', { exact: false }).waitFor()
      await page.locator('input[autocomplete="new-password"]').fill(OWNER.password)
      await page.getByRole('button', { name: 'はじめる' }).click()
      await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
      await page.getByText('いま連絡すべき顧客はいません', { exact: false }).waitFor()
    },
  ],
  [
    'a wrong password is refused, the right one leads back to the page asked for',
    async ({ page }) => {
      await page.goto('/customers')
      await page.waitForURL(/\/sign-in\?next=/)
      await signIn(page, { ...OWNER, password: 'まちがった合言葉をわざと入れてみる' })
      await page.getByRole('alert').waitFor()
      await page.locator('input[autocomplete="current-password"]').fill(OWNER.password)
      await page.getByRole('button', { name: 'サインイン', exact: true }).click()
      await page.waitForURL(/\/customers$/)
    },
  ],
  [
    'an invited rep sees own customers and nothing that the role cannot use',
    async ({ page, api, server, another }) => {
      await page.goto('/sign-in')
      await signIn(page, OWNER)
      await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
      const customer = (key, rep) => ({ key, attributes: { name: `${rep}の客先`, kind: 'company', rep } })
      await api('POST', '/customers', { source: 'e2e', customers: [customer('A-1', '佐藤'), customer('A-2', '鈴木')] })

      await page.goto('/settings')
      await page.getByRole('textbox', { name: /メールアドレス/ }).fill(REP.email)
      await page.locator('form').first().getByRole('textbox', { name: /^名前/ }).fill('佐藤')
      await page.locator('form').first().getByRole('textbox', { name: '担当者名' }).fill('佐藤')
      await page.getByRole('button', { name: '招待する' }).click()
      const dialog = page.getByRole('dialog', { name: '招待リンク' })
      const link = new URL(await dialog.locator('code').innerText())
      insist(link.origin === new URL(server.url).origin, 'the link leads elsewhere')

      const rep = await another()
      await rep.page.goto(link.pathname + link.search)
      await rep.page.getByRole('textbox', { name: /名前/ }).fill('佐藤')
      await rep.page.locator('input[autocomplete="new-password"]').fill(REP.password)
      await rep.page.getByRole('button', { name: '参加する' }).click()
      await rep.page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
      await rep.page.goto('/customers')
      await rep.page.getByRole('link', { name: '佐藤の客先' }).waitFor()
      equal(await rep.page.getByRole('row').count(), 2, 'rows with the heading')
      equal(await rep.page.getByRole('link', { name: '取込' }).count(), 0, 'ways to the import')
      await rep.page.goto('/imports')
      await rep.page.getByText('このページを見る権限がありません', { exact: false }).waitFor()
      await rep.page.goto('/settings')
      equal(await rep.page.getByRole('heading', { name: 'APIキー' }).count(), 0, 'key panels')

      await rep.page.getByRole('button', { name: /佐藤 のメニュー/ }).click()
      await rep.page.getByRole('menuitem', { name: 'サインアウト' }).click()
      await rep.page.waitForURL(/\/sign-in/)
      equal(
        rep.errors.filter((error) => !/40[13]/.test(error)),
        [],
        'errors in the console',
      )
    },
  ],
  [
    'a session that ended leads to the sign-in and back to where one was',
    async ({ page, context }) => {
      await page.goto('/sign-in')
      await signIn(page, OWNER)
      await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
      await context.clearCookies()
      await page.keyboard.press('g')
      await page.keyboard.press('c')
      await page.waitForURL(/\/sign-in\?next=/)
      // Whatever asks first finds the session gone: the page one was on, in the background, or the one gone to.
      const next = new URL(page.url()).searchParams.get('next')
      equal(['/', '/customers'].includes(next), true, `where one was: ${next}`)
      await signIn(page, OWNER)
      await page.waitForURL((url) => url.pathname === next)
    },
  ],
  [
    'an API key is shown once and works until it is revoked',
    async ({ page, server }) => {
      await page.goto('/sign-in')
      await signIn(page, OWNER)
      await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
      await page.goto('/settings')
      const keys = page.locator('section', { has: page.getByRole('heading', { name: 'APIキー' }) })
      await keys.getByRole('textbox', { name: /用途/ }).fill('試験')
      await keys.getByRole('button', { name: 'キーを作る' }).click()
      const dialog = page.getByRole('dialog', { name: '新しいAPIキー' })
      const secret = await dialog.locator('code').innerText()
      await dialog.getByRole('button', { name: '閉じる' }).last().click()
      const ask = async () =>
        (await fetch(`${server.url}/api/v1/segments`, { headers: { Authorization: `Bearer ${secret}` } })).status
      equal(await ask(), 200, 'the answer with the key')
      await keys.getByRole('button', { name: '無効にする' }).click()
      await keys.getByText('APIキーはまだありません', { exact: false }).waitFor()
      equal(await ask(), 401, 'the answer with the revoked key')
    },
  ],
]
