/** Writes the types of the API from the server's description; with `--check` it only says whether they are up to date. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'

const web = join(import.meta.dirname, '..')
const target = join(web, 'src', 'api', 'schema.d.ts')
const description = JSON.parse(readFileSync(join(web, '..', 'openapi.json'), 'utf8'))

// Names of operations are free to repeat between nouns (`list`, `one`); types told apart by address need none of them.
for (const methods of Object.values(description.paths)) {
  for (const operation of Object.values(methods)) delete operation.operationId
}
const types = `/** Made from ../openapi.json by \`npm run gen:api\`; do not edit. */\n${astToString(await openapiTS(description, { emptyObjectsUnknown: true }))}`

if (!process.argv.includes('--check')) {
  writeFileSync(target, types)
} else if (readFileSync(target, 'utf8') !== types) {
  console.error('src/api/schema.d.ts is older than ../openapi.json; run `npm run gen:api`')
  process.exit(1)
}
