import { draftOf } from '@tunnel-console/shared/draft'
import { expect, test } from 'vitest'
import { branch, fakeBff } from '../test/world.tsx'
import { lookForCreated } from './create-actions.ts'

const draft = draftOf(branch)

async function look(known: string[], fetchedAt: string) {
  fakeBff({ 'GET /api/tunnels': () => ({ body: { tunnels: [branch], fetchedAt, stale: false, unreadable: 0 } }) })
  const created: string[] = []
  const found = await lookForCreated({ draft, known: new Set(known) }, Date.parse('2026-01-01T00:00:00Z'), ({ id }) =>
    created.push(id),
  )
  return { found, created }
}

test('a tunnel that was there before is not the one that was sent, however alike', async () => {
  expect(await look([branch.id], '2026-01-01T00:00:01Z')).toEqual({ found: 'not-saved', created: [] })
  expect(await look([], '2026-01-01T00:00:01Z')).toEqual({ found: 'saved', created: [branch.id] })
})

test('only a list read since can say no', async () => {
  const { found, created } = await look([branch.id], '2025-12-31T23:59:59Z')
  expect(found).toMatchObject({ code: 'upstream-unavailable' })
  expect(created).toEqual([])
})
