/** How a person builds a condition on the page: press, choose, type. */
import { until } from './expect.mjs'

/** The count once it is that of the condition as it stands; null while it is still the one before. */
export const settled = async (page) => {
  const number = page.getByRole('complementary', { name: 'いまの件数' }).locator('div:not([data-old]) > b')
  return (await number.count()) === 0 ? null : number.innerText()
}
export const numberIn = (text) => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''))

/** The count of the page as a number, once it stands. */
export const countOnPage = async (page) => {
  await until(async () => /\d/.test((await settled(page)) ?? ''), true, 'a count')
  return numberIn(await settled(page))
}

/** The form of the one row that is open. */
const editor = (page) => page.locator('[data-open]')

/** Opens the box of a group (the outermost is last) and takes the first offer for these words. */
export const add = async (page, words, offer = words, group = page.locator('form, main')) => {
  await group
    .getByRole('button', { name: /条件を足す|点の付く条件を足す/ })
    .last()
    .click()
  const search = page.locator('input[data-expanded][placeholder^="条件を探す"]')
  await search.fill(words)
  await page.getByRole('option', { name: offer }).first().click()
}

export const choose = async (page, label, option, nth = 0) => {
  const field = editor(page).getByRole('combobox', { name: label, exact: true }).nth(nth)
  await field.click()
  const listed = page.getByRole('option', { name: option, exact: true })
  if ((await field.getAttribute('readonly')) === null) await field.fill(option)
  await listed.first().click()
  // While a list still fades, the next field's offer of the same name would be looked for in it.
  await listed.first().waitFor({ state: 'hidden' })
}

export const type = async (page, label, text, nth = 0) => {
  const field = editor(page).getByRole('textbox', { name: label, exact: true }).nth(nth)
  await field.fill(String(text))
  await field.blur()
}

/** Types words into a field that takes several, each ended by Enter. */
export const tags = async (page, label, words) => {
  const field = editor(page).getByRole('combobox', { name: label, exact: true })
  for (const word of words) {
    await field.fill(word)
    await field.press('Enter')
  }
  await field.press('Escape')
}

export const press = (page, name) => editor(page).getByRole('button', { name, exact: true }).click()
export const flip = (page, name) => editor(page).getByRole('switch', { name, exact: true }).click()
export const done = (page) => editor(page).getByRole('button', { name: '閉じる', exact: true }).click()

/** A filter on the events of the open row, below the nth of its parts: a property, and the value it is. */
export const filter = async (page, button, property, value, nth = 0) => {
  await editor(page).getByRole('button', { name: button, exact: true }).nth(nth).click()
  await choose(page, button, property)
  await enter(page, '値', value)
}

/** Free text into the last field of this name. */
export const enter = async (page, label, text) => {
  const field = editor(page).getByLabel(label, { exact: true }).last()
  await field.fill(text)
  await field.press('Escape')
}
