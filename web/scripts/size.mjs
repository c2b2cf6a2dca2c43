/** Holds the built app to its budget: what the first visit loads, what each lazy part weighs, and all of it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const web = join(import.meta.dirname, '..')
const dist = join(web, 'dist')
const KIB = 1024
const FIRST_ROUTE_BR = 260 * KIB
const LAZY_CHUNK_GZ = 70 * KIB
const TOTAL_BR = 700 * KIB

const size = (file, packed) => {
  const path = join(dist, file)
  return statSync(existsSync(`${path}.${packed}`) ? `${path}.${packed}` : path).size
}

/** A chunk with everything it imports at once. */
const closure = (manifest, key, seen = new Set()) => {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const imported of manifest[key].imports ?? []) closure(manifest, imported, seen)
  return seen
}
const filesOf = (manifest, keys) =>
  new Set([...keys].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]))
const sum = (files, packed) => [...files].reduce((total, file) => total + size(file, packed), 0)

const manifest = JSON.parse(readFileSync(join(web, 'node_modules', '.kizashi-manifest.json'), 'utf8'))
const first = filesOf(manifest, closure(manifest, 'index.html'))
const lazy = Object.values(manifest).filter((chunk) => chunk.file.endsWith('.js') && !first.has(chunk.file))
const heaviest = lazy.map((chunk) => [size(chunk.file, 'gz'), chunk.file]).sort(([a], [b]) => b - a)[0] ?? [0, '']
const all = readdirSync(dist, { recursive: true }).filter(
  (file) => statSync(join(dist, file)).isFile() && !/\.(br|gz)$/.test(file),
)

const checks = [
  ['first route, JS and CSS, br', sum(first, 'br'), FIRST_ROUTE_BR],
  [`heaviest lazy chunk, gz (${heaviest[1]})`, heaviest[0], LAZY_CHUNK_GZ],
  ['everything, br', sum(all, 'br'), TOTAL_BR],
]
let over = 0
for (const [what, bytes, budget] of checks) {
  if (budget < bytes) over += 1
  console.log(
    `${budget < bytes ? 'OVER' : 'ok  '} ${(bytes / KIB).toFixed(1).padStart(6)} of ${budget / KIB} KiB  ${what}`,
  )
}
process.exit(over === 0 ? 0 : 1)
