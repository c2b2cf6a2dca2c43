/**
 * Runs the stories in Chromium against the real binary and ends with `N passed, N failed`.
 * `npm run e2e -- live builder` runs only those files.
 */
import { stories as access } from './access.mjs'
import { start } from './binary.mjs'
import { stories as builder } from './builder.mjs'
import { launch, visitor } from './chromium.mjs'
import { stories as composing } from './composing.mjs'
import { stories as customers } from './customers.mjs'
import { stories as data } from './data.mjs'
import { stories as due } from './due.mjs'
import { stories as examples } from './examples.mjs'
import { stories as golden } from './golden.mjs'
import { stories as imports } from './imports.mjs'
import { stories as live } from './live.mjs'
import { stories as looks } from './looks.mjs'
import { stories as map } from './map.mjs'
import { stories as models } from './models.mjs'
import { stories as offers } from './offers.mjs'
import { stories as reports } from './reports.mjs'
import { stories as signs } from './signs.mjs'
import { stories as templates } from './templates.mjs'
import { stories as today } from './today.mjs'
import { stories as ways } from './ways.mjs'

// The sample firm first, its clock moved only at the end; then a firm of one's own.
const PARTS = [
  {
    server: ['demo', '--port', '0', '--test-clock'],
    files: {
      today,
      composing,
      builder,
      examples,
      templates,
      map,
      golden,
      models,
      signs,
      offers,
      due,
      imports,
      reports,
      data,
      customers,
      ways,
      looks,
      live,
    },
  },
  { server: ['serve', '--listen', '127.0.0.1:0'], files: { access } },
]

const chosen = process.argv.slice(2)
const isChosen = (file) => chosen.length === 0 || chosen.includes(file)
const tally = { passed: 0, failed: 0 }

const tell = async (server, browser, file, [name, story, look]) => {
  const begun = performance.now()
  const visitors = []
  const another = async () => {
    const visiting = await visitor(browser, server.url, look)
    visitors.push(visiting)
    return visiting
  }
  const took = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`
  try {
    const { page, context, api, errors } = await another()
    await story({ page, context, api, errors, server, another })
    tally.passed += 1
    console.log(`ok   ${file}: ${name} (${took()})`)
  } catch (error) {
    tally.failed += 1
    console.log(`FAIL ${file}: ${name} (${took()})\n${String(error.stack ?? error).replaceAll(/^/gm, '     ')}`)
    for (const visiting of visitors) for (const logged of visiting.errors) console.log(`     logged: ${logged}`)
  } finally {
    for (const visiting of visitors) await visiting.close()
  }
}

const browser = await launch()
try {
  for (const { server: args, files } of PARTS) {
    const wanted = Object.entries(files).filter(([file]) => isChosen(file))
    if (wanted.length === 0) continue
    try {
      const server = await start(...args)
      try {
        for (const [file, stories] of wanted) for (const story of stories) await tell(server, browser, file, story)
      } finally {
        await server.stop()
      }
    } catch (error) {
      tally.failed += 1
      console.log(`FAIL kizashi ${args.join(' ')}: ${error.message}`)
    }
  }
} finally {
  await browser.close()
}
console.log(`${tally.passed} passed, ${tally.failed} failed`)
process.exit(tally.failed === 0 ? 0 : 1)
