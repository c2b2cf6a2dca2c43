/** Starts the real binary on a free port with a folder of its own, and ends exactly that process. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const BINARY = process.env.KIZASHI_BIN ?? join(import.meta.dirname, '..', '..', '..', 'target', 'debug', 'kizashi')
const READY_WITHIN_MS = 240_000

/** `demo` or `serve` with these arguments; answers once its address is printed and everybody is counted. */
export const start = async (command, ...args) => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-e2e-'))
  const child = spawn(BINARY, ['--json', '--data', join(folder, 'data'), command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, KIZASHI_DATA: undefined },
  })
  const said = []
  child.stderr.on('data', (bytes) => said.push(bytes))
  const ready = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no address within ${READY_WITHIN_MS} ms`)), READY_WITHIN_MS)
    child.once('exit', (code) =>
      reject(new Error(`ended with ${code}: ${Buffer.concat(said).toString().slice(-2000)}`)),
    )
    child.once('error', reject)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = addressIn(line)
      if (!told) return
      clearTimeout(late)
      resolve(told)
    })
  })
  const stop = async () => {
    if (child.exitCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const told = await ready
    await counted(told.url)
    return { ...told, stop, log: () => Buffer.concat(said).toString() }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The server answers at once and counts behind that; stories begin when it is done. */
const counted = async (url) => {
  const late = Date.now() + READY_WITHIN_MS
  for (;;) {
    const health = await (await fetch(`${url}/api/v1/health`)).json()
    if (health.status === 'ok') return
    if (late < Date.now()) throw new Error(`not ready within ${READY_WITHIN_MS} ms: ${JSON.stringify(health)}`)
    await new Promise((again) => setTimeout(again, 50))
  }
}

const addressIn = (line) => {
  try {
    const told = JSON.parse(line)
    return told.url ? { url: told.url.replace(/\/$/, ''), setupLink: told.setup_link ?? null } : null
  } catch {
    return null
  }
}
