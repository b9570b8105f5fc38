import { expect, test } from 'vitest'
import { reportOf } from './judge/report.ts'
import { judge } from './judge.ts'
import { runSoak } from './run.ts'

test('B5 H1 H2 H3 L3 S64 U17 U20 U21 U23 half a minute under an adversary, with a kill: nothing lost, doubled, invented, forgotten or told wrongly', async () => {
  const options = { seed: 'short-1', seconds: 30, kills: 1, terms: 0, quietSeconds: 15, longestHangMs: 4000 }
  const history = await runSoak(options)
  const violations = judge(history)
  expect(violations.length, reportOf(history, violations)).toBe(0)
}, 120_000)
