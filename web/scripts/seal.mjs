/** After the build: writes .br and .gz beside each file that gets smaller by it, and the stamp of the sources it was built from. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const web = join(import.meta.dirname, '..')
const dist = join(web, 'dist')
const COMPRESS_FROM_BYTES = 1024
const ALREADY_SMALL = /\.(br|gz|png|jpg|woff2)$/

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

// The manifest served its purpose in the size check; nobody needs to fetch it.
const compress = (file) => {
  const bytes = readFileSync(file)
  if (bytes.length < COMPRESS_FROM_BYTES || ALREADY_SMALL.test(file)) return
  const br = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
  const gz = gzipSync(bytes, { level: 9 })
  if (br.length < bytes.length) writeFileSync(`${file}.br`, br)
  if (gz.length < bytes.length) writeFileSync(`${file}.gz`, gz)
}

/** Must agree with what the Rust side computes: each path, a zero byte, the bytes, a zero byte, in the order of the paths. */
const stamp = () => {
  const named = ['index.html', 'package-lock.json', 'vite.config.ts'].map((name) => join(web, name))
  const sources = [...named, ...filesIn(join(web, 'public')), ...filesIn(join(web, 'src'))]
  const paths = sources.map((file) => relative(web, file).split(sep).join('/'))
  const hash = createHash('sha256')
  for (const path of paths.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    hash.update(path).update('\0')
    hash.update(readFileSync(join(web, path))).update('\0')
  }
  return hash.digest('hex')
}

const manifest = join(dist, '.vite')
writeFileSync(join(web, 'node_modules', '.kizashi-manifest.json'), readFileSync(join(manifest, 'manifest.json')))
rmSync(manifest, { recursive: true })
for (const file of filesIn(dist)) compress(file)
writeFileSync(join(dist, 'stamp.txt'), `${stamp()}\n`)
