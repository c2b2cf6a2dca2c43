/** Builds the web app, unless nothing that it is made from has changed since it was built. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { packages, run } from './machine.mjs'

const web = join(import.meta.dirname, '..', 'web')
const SOURCES = ['src', 'public', 'scripts', 'index.html', 'package.json', 'package-lock.json', 'vite.config.ts']

/** When the file, or the newest thing in the folder, was last changed; a removed file shows in its folder. */
function changed(path) {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => changed(join(path, name))))
}

const built = changed(join(web, 'dist', 'stamp.txt'))
const fresh = built > 0 && SOURCES.every((source) => changed(join(web, source)) < built)
if (fresh) console.log('the web app is up to date')
else process.exitCode = packages() && run('npm', '--prefix', 'web', 'run', '--silent', 'build') ? 0 : 1
