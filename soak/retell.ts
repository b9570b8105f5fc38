import { readFileSync } from 'node:fs'
import type { History } from './history.ts'
import { reportOf } from './judge/report.ts'
import { timelineOf } from './judge/timeline.ts'
import { judge } from './judge.ts'

// node soak/retell.ts HISTORY.json [RULE]: judges a kept history again; with a rule, tells the story of each finding under it.
const [file, rule] = process.argv.slice(2)
if (file === undefined) throw new Error('Which history? node soak/retell.ts HISTORY.json [RULE]')
const history = JSON.parse(readFileSync(file, 'utf8')) as History
const violations = judge(history)
if (rule === undefined) console.log(reportOf(history, violations))
for (const violation of violations.filter((one) => one.rule === rule)) {
  console.log([`${violation.rule}: ${violation.says}`, ...timelineOf(history, violation), ''].join('\n'))
}
