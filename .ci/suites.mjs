/**
 * Runs every suite, keeps going when one fails, and ends with the sum over all of them: `N passed, N failed`.
 *
 * The web app is built before the Rust code, so that the server under test holds the real one.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { counts } from './counts.mjs'
import { browser, has, packages, run } from './machine.mjs'

const root = join(import.meta.dirname, '..')
const npm = (script) => ['npm', '--prefix', 'web', 'run', '--silent', script]
const cargo = (...words) => ['cargo', ...words, '--locked']

/**
 * A suite is a `step` that must succeed and proves nothing, a `check` that counts as one test, or `tests` whose closing
 * lines are read by the named reader.
 */
const SUITES = [
  { name: 'browser and type', step: browser },
  { name: 'packages of the web app', step: packages },
  { name: 'what counts tests', check: [process.execPath, '--test', '.ci'] },
  { name: 'web: lint', check: npm('lint') },
  { name: 'web: types', check: npm('typecheck') },
  { name: 'web: tests', tests: npm('test'), reader: 'vitest' },
  { name: 'web: build', step: () => run(process.execPath, '.ci/web.mjs') },
  { name: 'web: size', check: npm('size') },
  { name: 'rust: format', check: ['cargo', 'fmt', '--all', '--check'] },
  { name: 'rust: lint', check: [...cargo('clippy', '--workspace', '--all-targets'), '--', '-D', 'warnings'] },
  has('cargo-nextest')
    ? { name: 'rust: tests', tests: cargo('nextest', 'run', '--workspace', '--no-fail-fast', '--status-level', 'fail'), reader: 'nextest' }
    : { name: 'rust: tests', tests: cargo('test', '--workspace', '--no-fail-fast'), reader: 'cargo' },
  { name: 'the program', step: () => run(...cargo('build', '--workspace', '--all-targets')) },
  { name: 'in the browser', tests: npm('e2e'), reader: 'plain' },
]

/** Runs a program, shows what it prints, and resolves to its output and exit code. */
function shown(words) {
  return new Promise((resolve) => {
    const env = { ...process.env, KIZASHI_BIN: join(root, 'target', 'debug', 'kizashi') }
    const child = spawn(words[0], words.slice(1), { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const show = (from, to) =>
      from.setEncoding('utf8').on('data', (text) => {
        output += text
        to.write(text)
      })
    show(child.stdout, process.stdout)
    show(child.stderr, process.stderr)
    child.on('error', (why) => resolve({ output: `${output}\n${why.message}`, code: 127 }))
    child.on('close', (code) => resolve({ output, code: code ?? 1 }))
  })
}

async function result(suite) {
  if (suite.step) return { passed: 0, failed: suite.step() ? 0 : 1 }
  const { output, code } = await shown(suite.check ?? suite.tests)
  return counts(suite.reader, output, code)
}

const rows = []
for (const suite of SUITES) {
  console.log(`\n── ${suite.name}`)
  const started = performance.now()
  const counted = await result(suite)
  rows.push({ ...counted, name: suite.name, seconds: (performance.now() - started) / 1000 })
}

console.log('\n── all suites')
for (const { name, passed, failed, seconds } of rows) {
  console.log(`${name.padEnd(26)} ${seconds.toFixed(0).padStart(5)} s ${passed.toString().padStart(6)} ok ${failed ? `  ${failed} FAILED` : ''}`)
}
const total = (key) => rows.reduce((sum, row) => sum + row[key], 0)
process.exitCode = total('failed') === 0 ? 0 : 1
console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
