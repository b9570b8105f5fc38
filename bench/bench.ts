import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pages } from './browser/pages.ts'
import { coldStarts } from './cold-start.ts'
import { lists, tenThousand } from './lists.ts'
import { type Options, type Row, readOptions, usage } from './options.ts'
import { Report } from './report.ts'

/**
 * Measures what the console adds and saves, in units of what it stands beside, in one run on one machine. Prints a line for
 * each target, and writes everything that was measured to `bench-result.json`. `options.ts` says what it takes.
 */
const options = readOptions(process.argv.slice(2))
if (typeof options === 'string') {
  console.error(`${options}\n\n${usage}`)
  process.exit(2)
}

// What it started ends with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

await bench(options)

async function bench({ rounds, only }: Options): Promise<void> {
  const report = new Report((line) => console.log(line))
  const directory = mkdtempSync(path.join(os.tmpdir(), 'bench-'))
  const wants = (...rows: Row[]) => rows.some((row) => only.includes(row))
  const about = aboutMachine(rounds)
  report.note(`${about.cpus.length} × ${about.cpus[0]}, load ${about.load.toFixed(1)}, Node ${process.version}`)
  report.note(`${rounds} rounds of ${only.join(', ')}`)
  if (about.isIndicative) report.note('Indicative only: that takes four cores with nothing else to do.')
  try {
    if (wants('T1', 'T2', 'T6')) await lists({ directory, report, rounds, wants })
    if (wants('T5')) await tenThousand({ directory, report, rounds })
    if (wants('T7', 'T8', 'T9', 'T10')) await pages({ directory, report, rounds, wants })
    if (wants('T12'))
      report.say('T12 start to first answer / node -e 0', await coldStarts(directory, Math.min(rounds, 5)), 2.5)
    report.note('T11 is held by the build, which fails when a page loads more JavaScript than it may.')
  } finally {
    writeFileSync('bench-result.json', JSON.stringify({ about, measured: report.measured }, null, 2))
    rmSync(directory, { recursive: true, force: true })
  }
}

function aboutMachine(rounds: number) {
  const [load = 0, cpus] = [os.loadavg()[0], os.cpus().map(({ model }) => model)]
  return { versions: process.versions, cpus, load, isIndicative: cpus.length < 4 || load > 0.5, rounds }
}
