/** Node's own test runner reads this: `node --test .ci`. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counts } from './counts.mjs'

test('each kind of closing line is read', () => {
  const nextest = '     Summary [   0.6s] 12 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 2 skipped\n'
  assert.deepEqual(counts('nextest', nextest, 100), { passed: 10, failed: 2 })
  const cargo = 'test result: ok. 3 passed; 0 failed; 1 ignored\ntest result: FAILED. 2 passed; 1 failed; 0 ignored\n'
  assert.deepEqual(counts('cargo', cargo, 101), { passed: 5, failed: 1 })
  const vitest = '\x1b[2m      Tests \x1b[22m \x1b[31m1 failed\x1b[39m | \x1b[32m22 passed\x1b[39m (23)\n'
  assert.deepEqual(counts('vitest', vitest, 1), { passed: 22, failed: 1 })
  assert.deepEqual(counts('plain', 'sign in: ok\n7 passed, 0 failed\n', 0), { passed: 7, failed: 0 })
})

test('a check is one test', () => {
  assert.deepEqual(counts(undefined, '', 0), { passed: 1, failed: 0 })
  assert.deepEqual(counts(undefined, '', 2), { passed: 0, failed: 1 })
})

test('what ends badly or runs nothing has failed', () => {
  assert.deepEqual(counts('nextest', 'error: could not compile', 101), { passed: 0, failed: 1 })
  assert.deepEqual(counts('plain', '4 passed, 0 failed\n', 1), { passed: 4, failed: 1 })
  assert.deepEqual(counts('vitest', 'No test files found', 0), { passed: 0, failed: 1 })
})
