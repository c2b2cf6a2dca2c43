/** A list in the encoding of Japanese Excel, from the file to the reason of a member, and back out. */
import { equal, insist, until } from './expect.mjs'

/** Text as CP932: the platform only decodes it, so the table is made by decoding every pair of bytes once. */
const cp932 = (() => {
  const decoder = new TextDecoder('shift_jis')
  const bytesOf = new Map()
  for (let first = 0x81; first <= 0xfc; first += 1) {
    for (let second = 0x40; second <= 0xfc; second += 1) {
      const [character, more] = decoder.decode(Uint8Array.of(first, second))
      if (character && !more && character !== '\ufffd' && !bytesOf.has(character))
        bytesOf.set(character, [first, second])
    }
  }
  return (text) =>
    Buffer.from([...text].flatMap((c) => (c.codePointAt(0) < 0x80 ? [c.codePointAt(0)] : bytesOf.get(c))))
})()

const GOOD_ROWS = 24
const file = () => {
  const rows = Array.from({ length: GOOD_ROWS }, (_, at) => {
    const n = String(at + 1).padStart(3, '0')
    return `試験-${n},試験商会第${at + 1}営業所,試験製造業,${20 + at},2024/04/${String(1 + (at % 28)).padStart(2, '0')}`
  })
  const wrong = ',名前だけの会社,試験製造業,不明,2024/13/45'
  return cp932([`顧客番号,会社名,業種,従業員数,契約開始日`, ...rows, wrong, ''].join('\r\n'))
}

export const stories = [
  [
    'a CP932 file goes in, its members have reasons, and undo takes it out again',
    async ({ page, api }) => {
      const segment = await api('POST', '/segments', {
        names: { ja: '試験製造業', en: 'Test makers' },
        condition: { all: [{ attribute: 'industry', is: '試験製造業' }] },
      })
      equal(segment.count, 0, 'members before')

      await page.goto('/imports')
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: '顧客一覧.csv', mimeType: 'text/csv', buffer: file() })
      await page.waitForURL(/\/imports\/[^/]+$/)
      await page
        .getByText(/Shift_JIS|CP932/i)
        .first()
        .waitFor()
      await page.getByRole('cell', { name: '会社名', exact: true }).waitFor()
      await page
        .getByRole('listitem')
        .filter({ hasText: '2024/04/01' })
        .getByText('2024-04-01', { exact: true })
        .waitFor()
      await page.getByText('はじめの 20 行を見る').click()
      await page.getByRole('cell', { name: '2024/04/20 → 2024-04-20' }).waitFor()
      await page.getByRole('button', { name: '全行を検査する' }).click()
      await page.getByRole('heading', { name: '検査の結果' }).waitFor()
      await page.getByRole('heading', { name: /問題のある行/ }).waitFor()
      await page.getByRole('button', { name: new RegExp(`${GOOD_ROWS} 行を取り込む`) }).click()
      await page.getByRole('heading', { name: '取り込みました' }).waitFor()
      await page.getByText(/個のセグメントが変わりました/).waitFor()
      const done = page.url()

      await page.goto(`/segments/${segment.id}`)
      await until(() => page.locator('[data-count]').first().innerText(), `${GOOD_ROWS} 件`, 'members after')
      await page
        .getByRole('button', { name: /^なぜ？/ })
        .first()
        .click()
      const answer = page.getByRole('dialog', { name: 'なぜ？' })
      await answer.getByText(/は「試験製造業」に入っています/).waitFor()
      await answer.getByLabel('当てはまる').first().waitFor()
      insist(new URL(page.url()).searchParams.get('why')?.startsWith('試験-'), 'the address does not say about whom')

      await page.goto(done)
      await page.getByRole('button', { name: '元に戻す' }).click()
      await page.getByText('この取り込みは取り消されました', { exact: false }).waitFor()
      await until(async () => (await api('GET', `/segments/${segment.id}`)).count, 0, 'members after undo')
    },
  ],
  [
    'wrong cells are put right in the list of problems, by keyboard, and the import says what was changed',
    async ({ page, api }) => {
      const text =
        '顧客番号,購入日,商品,金額\nMEND-1,2026/10/01,茶,1200\nMEND-2,あした,菓子,800\nMEND-3,来月,茶,500\nMEND-4,2026/10/04,茶,高い\n'
      await page.goto('/imports')
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: '直す購入.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
      await page.waitForURL(/\/imports\/\d+/)
      const id = page.url().match(/imports\/(\d+)/)[1]
      await page.getByRole('button', { name: '全行を検査する' }).first().click()
      await page.getByText('値はここで直せます').waitFor()
      await page.getByRole('button', { name: /^3 行目 .*: 直す$/ }).click()
      await page.getByRole('textbox', { name: /^3 行目/ }).fill('2026/10/02')
      await page.keyboard.press('Enter')
      // The next one is open already.
      await page.getByRole('textbox', { name: /^4 行目/ }).fill('2026/10/03')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^5 行目 .*: この行を除く$/ }).click()
      await page.getByRole('button', { name: '直して確かめ直す' }).click()
      await page.getByText('ここで直した値').waitFor()
      await until(async () => (await api('GET', `/imports/${id}`)).problems_total, 0, 'problems once all is put right')
      await page
        .getByRole('button', { name: /取り込む/ })
        .first()
        .click()
      await until(async () => (await api('GET', `/imports/${id}`)).state, 'committed', 'the import', 60_000)
      const done = await api('GET', `/imports/${id}`)
      equal(
        done.mended.map(({ row, was, value }) => [row, was, value]),
        [
          [3, 'あした', '2026/10/02'],
          [4, '来月', '2026/10/03'],
        ],
        'what was put right',
      )
      equal(done.left_out, [5], 'the row that was left out')
      equal(done.counts.rows, 3, 'rows taken in')
      await page.getByRole('row', { name: /^3 .*あした/ }).waitFor()
      await api('POST', `/imports/${id}/undo`, {})
    },
  ],
]
