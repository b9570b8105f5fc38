import type { StateChangesAnswer } from '@tunnel-console/shared/status-answers'
import { expect, test } from 'vitest'
import { answering, minute, polls, probesPass, site, startHistoryWorld } from './history-world.ts'
import type { Person } from './world.ts'

async function changesOf(person: Person, query = ''): Promise<StateChangesAnswer> {
  return (await (await person.get(`/api/status/changes${query}`)).json()) as StateChangesAnswer
}

const turnsIn = ({ changes }: StateChangesAnswer) =>
  changes.filter(({ name }) => name === site).map(({ from, to }) => `${from} → ${to}`)

test('L7 after the clock was set back, what happens is told at once, and the next page can be asked for', async () => {
  const { world, support } = await startHistoryWorld()
  world.clock.step(-10 * minute)
  await polls(world, 1, minute + 1)
  answering(world, 'health', (rows) => rows.map((row) => ({ ...row, avg: { tunnelState: 0 } })))
  await polls(world, 1, minute + 1.25)
  const { changes, nextCursor } = await changesOf(support, '?limit=2')
  expect([changes.length, nextCursor]).toEqual([2, expect.any(String)])
  const next = await changesOf(support, `?limit=2&cursor=${nextCursor}`)
  expect(next.changes).toHaveLength(2)
  expect(next.changes).not.toContainEqual(changes[1])
})

test('that a tunnel went down stays told where Cloudflare has no figures right after the first look at it', async () => {
  const { world, support } = await startHistoryWorld()
  await polls(world, 3)
  probesPass(world, 0)
  await polls(world, 1)
  expect(turnsIn(await changesOf(support))).toEqual(['up → down'])
  world.sandbox.faults.clear()
  world.sandbox.faults.next({ kind: 'status', status: 503, body: {} }, { path: /graphql/, times: 1000 })
  await polls(world, 6)
  expect(turnsIn(await changesOf(support))).toEqual(['up → down'])
  probesPass(world, 0)
  await polls(world, 3)
  expect(turnsIn(await changesOf(support))).toEqual(['up → down'])
})
