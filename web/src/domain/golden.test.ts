import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Draft, fromDraft, leavesOf, toDraft } from './condition-tree'
import { type Labels, describe as say } from './describe'
import { understands } from './leaf'

const repository = join(import.meta.dirname, '../../..')

/** The conditions whose sentences the server is held to: the editor has a place for every part of each. */
const golden: { draft: Draft; ja: string; en: string }[] = JSON.parse(
  readFileSync(join(repository, 'domain/condition/golden/sentences.json'), 'utf8'),
)
const folder = join(repository, 'domain/segments/src/templates')
const templates: { id: string; condition: Draft }[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))

const asIs = (word: string) => word
const labels: Labels = { event: asIs, attribute: asIs, segment: asIs, sign: asIs, property: (_, key) => key }

describe('the conditions of the golden file', () => {
  it('are many', () => {
    expect(golden.length).toBeGreaterThan(200)
  })
  it.each(golden.map(({ draft }) => [JSON.stringify(draft), draft] as const))(
    '%s can be edited and said',
    (_, draft) => {
      const node = fromDraft(draft)
      expect(toDraft(node)).toEqual(draft)
      for (const leaf of leavesOf(node)) {
        expect(understands(leaf.draft)).toBe(true)
        for (const language of ['ja', 'en'] as const) {
          const said = say(leaf.draft, leaf.not, language, labels)
          expect(said).not.toMatch(/undefined|null|NaN|\{|\[object/)
          expect(said.length).toBeGreaterThan(3)
        }
      }
    },
  )
})

describe('the templates', () => {
  it('are there', () => {
    expect(templates.length).toBeGreaterThan(40)
  })
  it.each(templates.map(({ id, condition }) => [id, condition] as const))(
    '%s can be built by clicking',
    (_, condition) => {
      const node = fromDraft(condition)
      expect(toDraft(node)).toEqual(condition)
      for (const leaf of leavesOf(node)) expect(understands(leaf.draft), JSON.stringify(leaf.draft)).toBe(true)
    },
  )
})
