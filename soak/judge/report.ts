import { isWrite } from '../adversary/ledger.ts'
import type { History, Op } from '../history.ts'
import { isApplied, isOpen } from './counters.ts'
import { evidenceOf } from './evidence.ts'
import { raced } from './outside.ts'
import { timelineOf } from './timeline.ts'
import type { Violation } from './violation.ts'

/** A report for people: what was done, what was found, and the story of the first finding. */
export function reportOf(history: History, violations: readonly Violation[]): string {
  const first = violations.find(({ op, write, entry }) => op ?? write ?? entry) ?? violations[0]
  const lines = [
    `seed ${history.seed}, ${Math.round((history.endedAt - history.startedAt) / 1000)} s`,
    '',
    ...summary(history),
    '',
    ...(first ? findings(violations) : ['Nothing is wrong.']),
    ...(first ? ['', `The first with a story: ${first.rule}: ${first.says}`, ...timelineOf(history, first)] : []),
  ]
  return lines.join('\n')
}

function summary(history: History): string[] {
  const { ops, ledger, audit, polls, lives, outside } = history
  const faulty = ledger.filter(({ fault }) => fault !== 'none')
  const ends = lives.flatMap(({ endedBy }) => endedBy ?? [])
  const ms = polls.map((poll) => poll.ms).sort((a, b) => a - b)
  return [
    `clients     ${tally(ops.map((op) => `${op.kind} ${endOf(op)}`))}`,
    `problems    ${tally(ops.flatMap(({ attempts }) => attempts.flatMap(({ code }) => code ?? [])))}`,
    `cloudflare  ${ledger.length} requests, ${ledger.filter(isWrite).length} writes; faults: ${tally(faulty.map(({ kind, fault }) => `${kind} ${fault}`))}`,
    `audit log   ${tally(audit.map(({ action, outcome }) => `${action} ${outcome}`))}`,
    `outside     ${outside.length} edits, ${raced(evidenceOf(history))} writes undid one that came after their reading`,
    `lists       ${polls.length} readings, median ${ms[Math.floor(ms.length / 2)] ?? 0} ms, slowest ${ms.at(-1) ?? 0} ms`,
    `console     ${lives.length} lives; ended by ${tally(ends)}`,
  ]
}

function endOf(op: Op): string {
  if (op.kind === 'dry-run') return op.attempts[0]?.claim ?? 'silent'
  if (isApplied(op)) return 'applied'
  return isOpen(op) ? 'open' : 'not'
}

function findings(violations: readonly Violation[]): string[] {
  const byRule = Map.groupBy(violations, ({ rule }) => rule)
  return [...byRule].flatMap(([rule, found]) => [
    `${String(found.length).padStart(4)} × ${rule}`,
    ...found.slice(0, 3).map(({ says }) => `       ${says}`),
  ])
}

function tally(words: readonly string[]): string {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, { length }]) => `${word} ${length}`)
  return counts.sort().join(', ') || 'none'
}
