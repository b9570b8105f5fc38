import { describe, expect } from 'vitest'
import { until } from '../console/until.ts'
import { isOutcome, staged as test } from './stage.ts'

describe('what somebody edits outside', { concurrent: true, timeout: 45_000 }, () => {
  test('H2 is told also where the next change of the console’s own is the first to see it', async ({ stage }) => {
    const { person, cloudflare, tunnelId } = stage
    await until('the list is known', async () => (await person.request('/api/tunnels'))?.status === 200)
    // Times of changes are told to the second: within that of the creation a reading cannot tell the edit from it.
    const second = () => new Date().toISOString().slice(0, 19)
    await until('another second', () => second() !== String(stage.really()?.['modified_on']).slice(0, 19))
    cloudflare.store.commit({ kind: 'update', id: tunnelId, body: { health_check: { rate: 'high' } } })
    const version = await stage.version()
    expect((await stage.change({ description: 'new' }, 'after-edit-1', version))?.status).toBe(200)
    const entry = await until('the edit is in the log', async () => {
      await person.request('/api/tunnels')
      return stage.entry('tunnel.changedOutside', isOutcome('applied'))
    })
    expect(entry.changes.map(({ path }) => path)).toEqual(['health_check.rate'])
  })
})
