import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { lacking } from '../interop/lacking.ts'

// Everything that must hold, cheapest first. Prints the totals of all runners as its last line, for people and for CI.
const reports = mkdtempSync(path.join(tmpdir(), 'tunnel-console-test-'))
const vitestReport = path.join(reports, 'vitest.json')
const playwrightReport = path.join(reports, 'playwright.json')
const env = {
  ...process.env,
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
}

const steps: [string, string, string[]][] = [
  ['types', 'tsc', ['-b']],
  ['lint', 'biome', ['ci', '--colors=off', '.']],
  ['vitest', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]],
  ['build of the pages', 'vite', ['build', 'apps/web', '--logLevel', 'warn']],
  ['build of the program', 'vite', ['build', 'apps/bff', '--logLevel', 'warn']],
  ['browser journeys', 'playwright', ['test', '--reporter=list,json']],
]

/** A runner that left no report did not run: that is a failure, not zero tests. */
const notRun: Totals = { passed: 0, failed: 1, skipped: 0 }

let isGreen = true
for (const [name, command, args] of steps) {
  console.log(`\n── ${name}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', env })
  if (status === 0) continue
  console.log(`── ${name} failed`)
  isGreen = false
}

const totals = [vitestTotals(), playwrightTotals()]
const skipped = totals.reduce((sum, total) => sum + total.skipped, 0)
if (skipped > 0) console.log(`\n${skipped} skipped (Cloudflare’s OpenAPI file is not beside the repository)`)
for (const reason of lacking()) console.log(`\nNot tried: device configurations on real engines (${reason})`)
const passed = totals.reduce((sum, total) => sum + total.passed, 0)
const failed = totals.reduce((sum, total) => sum + total.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(isGreen && failed === 0 && passed > 0 ? 0 : 1)

interface Totals {
  passed: number
  failed: number
  skipped: number
}

function vitestTotals(): Totals {
  const report = readReport<{ numPassedTests: number; numFailedTests: number; numPendingTests: number }>(vitestReport)
  if (!report) return notRun
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }
}

function playwrightTotals(): Totals {
  const report = readReport<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(
    playwrightReport,
  )
  if (!report) return notRun
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected + flaky, failed: unexpected, skipped }
}

function readReport<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return null
  }
}
