import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { lacking } from '../interop/lacking.ts'
import { promtool } from './promtool.ts'
import { type Failure, failuresOf, totalsAfter, type VitestReport } from './vitest-totals.ts'

// Everything that must hold, cheapest first. Prints the totals of all runners as its last line, for people and for CI.
const reports = mkdtempSync(path.join(tmpdir(), 'tunnel-console-test-'))
const playwrightReport = path.join(reports, 'playwright.json')
const env = {
  ...process.env,
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
}

let isGreen = true
const fails = (name: string) => {
  console.log(`── ${name} failed`)
  isGreen = false
}

function step(name: string, command: string, args: string[]): void {
  console.log(`\n── ${name}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', env })
  if (status !== 0) fails(name)
}

step('types', 'tsc', ['-b'])
step('lint', 'biome', ['ci', '--colors=off', '.'])
step('build of the pages', 'vite', ['build', 'apps/web', '--logLevel', 'warn'])
const vitest = runVitest()
step('build of the program', 'vite', ['build', 'apps/bff', '--logLevel', 'warn'])
step('browser journeys', 'playwright', ['test', '--reporter=list,json'])

const journeys = playwrightTotals()
const skipped = vitest.skipped + journeys.skipped
if (skipped > 0) console.log(`\n${skipped} skipped (Cloudflare’s OpenAPI file is not beside the repository)`)
for (const reason of lacking()) console.log(`\nNot tried: device configurations on real engines (${reason})`)
if (!promtool()) console.log('\nNot tried: metrics and alert rules with promtool (install Debian’s package prometheus)')
for (const { file, test } of vitest.late)
  console.log(`\nPassed only at the second attempt, alone: ${named(file, test)}`)
for (const { file, test, message } of vitest.failures) console.log(`\nFailed: ${named(file, test)}\n  ${message}`)
for (const title of journeys.unexpected) console.log(`\nFailed: ${title}`)
const [passed, failed] = [vitest.passed + journeys.passed, vitest.failed + journeys.failed]
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(isGreen && failed === 0 && passed > 0 ? 0 : 1)

interface VitestTotals {
  passed: number
  failed: number
  skipped: number
  failures: Failure[]
  late: Failure[]
}

/** A runner that left no report did not run: that is a failure, not zero tests. */
const notRun = (name: string) => ({ passed: 0, failed: 1, skipped: 0, failures: [], late: [], unexpected: [name] })

/** Two files run at a time, so a test that reads a clock may be late: files with failures are run once more, alone. */
function runVitest(): VitestTotals {
  const [first, isOk] = vitestReport('vitest', [])
  if (!first) return notRun('vitest left no report')
  const failures = failuresOf(first)
  if (failures.length === 0) {
    // An error outside any test, which no second attempt can be asked for.
    if (!isOk) fails('vitest')
    return totalsAfter(first, null)
  }
  const files = [...new Set(failures.map(({ file }) => file))]
  const [again] = vitestReport('vitest, what failed once more and alone', [...files, '--no-file-parallelism'])
  const totals = totalsAfter(first, again)
  if (totals.failed > 0) fails('vitest')
  return totals
}

function vitestReport(name: string, args: string[]): [VitestReport | null, boolean] {
  console.log(`\n── ${name}`)
  const file = path.join(reports, `vitest-${args.length}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { status } = spawnSync('vitest', ['run', ...args, ...reporters], { stdio: 'inherit', env })
  return [readReport<VitestReport>(file), status === 0]
}

interface Suite {
  suites?: Suite[]
  specs?: { title: string; file: string; line: number; ok: boolean }[]
}

function playwrightTotals() {
  const report = readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    suites: Suite[]
  }>(playwrightReport)
  if (!report) return notRun('playwright left no report')
  const { expected, unexpected, flaky, skipped } = report.stats
  const specsOf = ({ suites = [], specs = [] }: Suite): NonNullable<Suite['specs']> => [
    ...specs,
    ...suites.flatMap(specsOf),
  ]
  const bad = report.suites.flatMap(specsOf).filter(({ ok }) => !ok)
  const titles = bad.map(({ file, line, title }) => `e2e/${file}:${line} › ${title}`)
  return { passed: expected + flaky, failed: unexpected, skipped, unexpected: titles }
}

function named(file: string, test: string): string {
  return `${path.relative(process.cwd(), file)}${test && ` › ${test}`}`
}

function readReport<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return null
  }
}
