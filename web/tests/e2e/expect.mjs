/** What a story may insist on. */
import { isDeepStrictEqual } from 'node:util'

export const insist = (truth, otherwise) => {
  if (!truth) throw new Error(otherwise)
}

export const equal = (found, wanted, what) => {
  if (!isDeepStrictEqual(found, wanted)) {
    throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
  }
}

/** Asks again until the answer is the wanted one; gives the time it took, in milliseconds. */
export const until = async (ask, wanted, what, withinMs = 15_000) => {
  const begun = performance.now()
  let found
  while (performance.now() - begun < withinMs) {
    found = await ask()
    if (isDeepStrictEqual(found, wanted)) return performance.now() - begun
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${what}: still ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)} after ${withinMs} ms`)
}
