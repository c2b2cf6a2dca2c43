/** Reads how many tests passed and failed from what a test program printed. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
const COLOURS = /\x1b\[[0-9;]*m/g

/** Each reader finds the closing lines of one kind of program; several such lines add up. */
const READERS = {
  // Summary [   1.2s] 12 tests run: 11 passed (1 slow), 1 failed, 2 skipped
  nextest: (text) => sum(text, /^\s*Summary \[.*\] \d+\/?\d* tests? run: (.*)$/gm),
  // test result: FAILED. 11 passed; 1 failed; 0 ignored; …
  cargo: (text) => sum(text, /^test result: \w+\. (.*)$/gm),
  //       Tests  1 failed | 11 passed (12)
  vitest: (text) => sum(text, /^\s*Tests\s+(.*)$/gm),
  // 11 passed, 1 failed
  plain: (text) => sum(text, /^(\d+ passed, \d+ failed)$/gm),
}

function sum(text, closingLine) {
  let counts
  for (const [, line] of text.matchAll(closingLine)) {
    const named = (word) => Number(new RegExp(`(\\d+) ${word}\\b`).exec(line)?.[1] ?? 0)
    counts ??= { passed: 0, failed: 0 }
    counts.passed += named('passed')
    counts.failed += named('failed') + named('timed out')
  }
  return counts
}

/**
 * What a program that ended with `code` has to say for itself. A check (no reader) is one test. A test program that
 * ends badly has failed at least once, and one that ran no test has failed too: it proves nothing.
 */
export function counts(reader, output, code) {
  if (!reader) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const read = READERS[reader](output.replace(COLOURS, '')) ?? { passed: 0, failed: 0 }
  const ranNothing = read.passed + read.failed === 0
  return { passed: read.passed, failed: code !== 0 || ranNothing ? Math.max(1, read.failed) : read.failed }
}
