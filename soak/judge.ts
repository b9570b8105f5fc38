import type { History } from './history.ts'
import { falseEntries, withoutIntent } from './judge/audit.ts'
import { changedStories, closedButSent, falseClaims, foreignValues } from './judge/claims.ts'
import { counterSums, lostUpdates } from './judge/counters.ts'
import { type Evidence, evidenceOf } from './judge/evidence.ts'
import { wrongKeys } from './judge/keys.ts'
import { outsideEntries, overwritten } from './judge/outside.ts'
import { badProcess, believedLists, idle } from './judge/process.ts'
import { doubleTunnels, sentTwice, unasked, wetDryRuns } from './judge/sendings.ts'
import type { Violation } from './judge/violation.ts'

const rules: readonly ((evidence: Evidence) => Violation[])[] = [
  lostUpdates,
  counterSums,
  falseClaims,
  closedButSent,
  changedStories,
  foreignValues,
  sentTwice,
  unasked,
  wetDryRuns,
  doubleTunnels,
  wrongKeys,
  withoutIntent,
  falseEntries,
  overwritten,
  outsideEntries,
  badProcess,
  believedLists,
  idle,
]

/** Everything in a history that must never be, earliest first. Asks nobody and reads no clock. */
export function judge(history: History): Violation[] {
  const evidence = evidenceOf(history)
  return rules.flatMap((rule) => rule(evidence)).sort((a, b) => a.at - b.at)
}

/** Whether every entry has come to its end as far as it can: what a run waits for before it is judged. */
export function isSettled(history: History): boolean {
  return !falseEntries(evidenceOf(history)).some(({ rule }) => rule === 'pending' || rule === 'entry-open')
}
