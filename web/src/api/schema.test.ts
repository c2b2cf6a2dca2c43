// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('the types of the API are those of the description the server wrote', () => {
  const web = join(import.meta.dirname, '..', '..')
  expect(() => execFileSync('node', ['scripts/types.mjs', '--check'], { cwd: web, stdio: 'pipe' })).not.toThrow()
}, 30_000)
