/** What this machine needs before tests can run: a browser, Japanese type, and the web app's packages. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const web = join(root, 'web')

/** True when a program of this name can be started. */
export function has(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}

/** Runs a program in front of the reader and says whether it ended well. */
export function run(program, ...words) {
  return spawnSync(program, words, { cwd: root, stdio: 'inherit' }).status === 0
}

/** Installs Chromium and Japanese type with apt, when something is missing and this is root; else says what to run. */
export function browser() {
  const missing = []
  if (!has('chromium') && !process.env.KIZASHI_CHROMIUM) missing.push('chromium')
  if (!hasJapaneseType()) missing.push('fonts-noto-cjk')
  if (missing.length === 0) return true
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    console.error(`tests in the browser need ${missing.join(' and ')}; run: sudo apt-get install ${missing.join(' ')}`)
    return false
  }
  process.env.DEBIAN_FRONTEND ??= 'noninteractive'
  return run('apt-get', 'update', '-q') && run('apt-get', 'install', '-qy', '--no-install-recommends', ...missing)
}

function hasJapaneseType() {
  const listed = spawnSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' })
  return listed.status === 0 && listed.stdout.trim() !== ''
}

/** Installs the web app's packages as its lock file names them, once for each state of that file. */
export function packages() {
  const lock = createHash('sha256').update(readFileSync(join(web, 'package-lock.json'))).digest('hex')
  const mark = join(web, 'node_modules', '.kizashi-lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return true
  const installed = run('npm', '--prefix', 'web', 'ci', '--ignore-scripts', '--no-audit', '--no-fund')
  if (installed) writeFileSync(mark, lock)
  return installed
}
