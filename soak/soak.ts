import { writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { reportOf } from './judge/report.ts'
import { judge } from './judge.ts'
import { runSoak } from './run.ts'

// npm run soak: ten minutes, or SOAK_SECONDS, with the dice of SOAK_SEED. Prints a report; ends with 1 when something is wrong.
const seconds = numberIn('SOAK_SECONDS', 600)
const options = {
  seed: process.env['SOAK_SEED'] || String(Date.now()),
  seconds,
  kills: numberIn('SOAK_KILLS', 3),
  terms: numberIn('SOAK_TERMS', 1),
  quietSeconds: numberIn('SOAK_QUIET_SECONDS', 60),
  longestHangMs: seconds >= 300 ? 25_000 : 6000,
  without: (process.env['SOAK_WITHOUT'] ?? '').split(','),
  note: (line: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`),
}

console.log(`Soaking for ${seconds} s with SOAK_SEED=${options.seed}`)
const history = await runSoak(options)
const violations = judge(history)
console.log(`\n${reportOf(history, violations)}`)
if (violations.length > 0) {
  const file = path.join(os.tmpdir(), `tunnel-console-soak-${options.seed.replaceAll(/\W/g, '-')}.json`)
  writeFileSync(file, JSON.stringify(history))
  console.log(`\nThe whole history is in ${file}`)
}
process.exit(violations.length > 0 ? 1 : 0)

function numberIn(name: string, fallback: number): number {
  const value = Number(process.env[name] || fallback)
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name}: write a whole number`)
  return value
}
