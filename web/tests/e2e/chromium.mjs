/** A browser of its own for the tests, and pages that remember every error they logged. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const launch = () =>
  chromium.launch({
    executablePath: process.env.KIZASHI_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** A fresh profile: no cookie, nothing kept. */
export const visitor = async (browser, url, { language = 'ja', scheme = 'light' } = {}) => {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    locale: language === 'ja' ? 'ja-JP' : 'en-US',
    timezoneId: 'Asia/Tokyo',
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  await context.addInitScript((chosen) => {
    if (location.protocol.startsWith('http')) localStorage.setItem('kizashi.language', chosen)
  }, language)
  const errors = []
  context.on('page', (page) => {
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${page.url()}: ${message.text()}`)
    })
    page.on('pageerror', (error) => errors.push(`${page.url()}: ${error}`))
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const api = async (method, path, data) => {
    const answer = await context.request.fetch(`/api/v1${path}`, {
      method,
      data,
      headers: { 'X-Kizashi': '1', 'Accept-Language': language },
    })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return answer.status() === 204 ? null : answer.json()
  }
  // The sample firm signs a visitor in by the first question.
  await api('GET', '/session')
  return { context, page, api, errors, close: () => context.close() }
}

/** The serious and critical findings of axe on the page as it stands. */
export const seriousFindings = async (page) => {
  const { violations } = await page.evaluate(`${AXE}; axe.run({ resultTypes: ['violations'] })`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.html.slice(0, 160))
          .slice(0, 3)
          .join(' | ')}`,
    )
}
