/** What vitest's JSON reporter says, as far as it is read here. */
export interface VitestReport {
  success: boolean
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: {
    /** Absolute path of the file. */
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] | null }[]
  }[]
}

export interface Failure {
  file: string
  test: string
  message: string
}

/** Every test that failed, and every file that could not be run, with the first line of why. */
export function failuresOf(report: VitestReport): Failure[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [{ file: name, test: '', message: firstLine(message) }]
    return failed.map(({ fullName, failureMessages }) => {
      return { file: name, test: fullName, message: firstLine(failureMessages?.[0] ?? '') }
    })
  })
}

/**
 * The totals of a run whose files with failures were run once more, alone: what fails again has failed, and what passes
 * then was late on a busy machine. It is told by name all the same (`late`), so that nobody gets used to it.
 */
export function totalsAfter(first: VitestReport, again: VitestReport | null) {
  const failures = failuresOf(first)
  const still = again ? failuresOf(again) : failures
  const isStill = ({ file, test }: Failure) => still.some((other) => other.file === file && other.test === test)
  return {
    passed: first.numPassedTests + first.numFailedTests - still.filter(({ test }) => test !== '').length,
    failed: still.length,
    skipped: first.numPendingTests,
    failures: still,
    late: failures.filter((failure) => !isStill(failure)),
  }
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? ''
