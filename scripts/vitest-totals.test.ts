import { expect, test } from 'vitest'
import { totalsAfter, type VitestReport } from './vitest-totals.ts'

const report = (tests: Record<string, string>, file = '/a.test.ts'): VitestReport => {
  const results = Object.entries(tests).map(([fullName, status]) => {
    return { fullName, status, failureMessages: status === 'failed' ? [`${fullName} was wrong\n  at a line`] : [] }
  })
  const count = (status: string) => results.filter((result) => result.status === status).length
  return {
    success: count('failed') === 0,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    testResults: [
      { name: file, status: count('failed') ? 'failed' : 'passed', message: '', assertionResults: results },
    ],
  }
}

test('a test that fails twice has failed, and one that passes alone is told as late', () => {
  const first = report({ good: 'passed', slow: 'failed', wrong: 'failed', left: 'pending' })
  const again = report({ good: 'passed', slow: 'passed', wrong: 'failed' })
  const totals = totalsAfter(first, again)
  expect(totals).toMatchObject({ passed: 2, failed: 1, skipped: 1 })
  expect(totals.late.map(({ test: name }) => name)).toEqual(['slow'])
  expect(totals.failures).toEqual([{ file: '/a.test.ts', test: 'wrong', message: 'wrong was wrong' }])
})

test('what was not run again has failed', () => {
  expect(totalsAfter(report({ good: 'passed', wrong: 'failed' }), null)).toMatchObject({ passed: 1, failed: 1 })
})

test('a file that cannot be read is a failure, though none of its tests ran', () => {
  const first = report({})
  const [file] = first.testResults
  if (file) Object.assign(file, { status: 'failed', message: 'SyntaxError: no such export\n at' })
  const totals = totalsAfter(first, first)
  expect(totals).toMatchObject({ passed: 0, failed: 1 })
  expect(totals.failures[0]?.message).toBe('SyntaxError: no such export')
})

test('a failure that only the second attempt had counts too', () => {
  const again = report({ good: 'failed', slow: 'passed' })
  expect(totalsAfter(report({ good: 'passed', slow: 'failed' }), again)).toMatchObject({ passed: 1, failed: 1 })
})
