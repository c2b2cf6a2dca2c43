import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from './en.json'
import ja from './ja.json'

type Words = { [key: string]: string | Words }

const flat = (words: Words, before = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  )
const PLURAL = /_(zero|one|two|few|many|other)$/
const keysOf = (words: Words) => new Set(flat(words).map(([key]) => key.replace(PLURAL, '')))
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort()

describe('the two languages', () => {
  it('have the same keys', () => {
    expect([...keysOf(en)].sort()).toEqual([...keysOf(ja)].sort())
  })
  it('fill the same places', () => {
    const japanese = new Map(flat(ja))
    for (const [key, text] of flat(en)) {
      const source = japanese.get(key) ?? japanese.get(key.replace(PLURAL, '_other'))
      // One of something may be said without its number.
      const known = placeholders(source ?? '')
      const said = placeholders(text)
      expect(key.endsWith('_one') ? known : said, key).toEqual(
        expect.arrayContaining(key.endsWith('_one') ? said : known),
      )
    }
  })
  it('leave nothing empty', () => {
    for (const [key, text] of [...flat(ja), ...flat(en)]) expect(text.trim(), key).not.toBe('')
  })
  it('say nothing that no page says', () => {
    const source = join(import.meta.dirname, '..')
    const code = readdirSync(source, { recursive: true })
      .map(String)
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
      .map((file) => readFileSync(join(source, file), 'utf8'))
      .join('\n')
    const unused = [...keysOf(ja)].filter((key) => {
      if (code.includes(`'${key}'`)) return false
      // In `role.${role}` or `segments.show_${show}` the end is filled in.
      const starts = [...key.matchAll(/[._]/g)].map(({ index }) => key.slice(0, index + 1))
      return !starts.some((start) => code.includes(`\`${start}\${`))
    })
    expect(unused).toEqual([])
  })
})
