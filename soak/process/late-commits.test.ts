import { describe, expect } from 'vitest'
import { fault } from '../adversary/fault.ts'
import { contrary } from '../console/until.ts'
import { denials, isOutcome, newTunnel, says, staged as test } from './stage.ts'

const late = fault('late', { commitAfterMs: 6000, answer: 'reset' })
const unknown = [502, 'outcome-unknown']

describe('a write that takes effect late', { concurrent: true, timeout: 45_000 }, () => {
  test('S64 U21 a change that takes effect six seconds after its connection was reset is unknown, then applied', async ({
    stage,
  }) => {
    const version = await stage.version()
    stage.cloudflare.script('update', late)
    expect(says(await stage.change({ description: 'new' }, 'late-change-1', version))).toEqual(unknown)
    await stage.entry('tunnel.update', isOutcome('applied'))
    expect(await stage.outcome('late-change-1', 'applied')).toMatchObject({ outcome: 'applied' })
    expect((await stage.change({ description: 'new' }, 'late-change-1', version))?.status).toBe(200)
    expect(stage.sent('update')).toHaveLength(1)
    expect(stage.really()).toMatchObject({ description: 'new' })
  })

  test('U17 a creation that takes effect late is unknown, then applied, and makes one tunnel', async ({ stage }) => {
    stage.cloudflare.script('create', late)
    const create = () => stage.person.write('POST', '/api/tunnels', { key: 'late-create-1', body: newTunnel })
    expect(says(await create())).toEqual(unknown)
    const { target } = await stage.entry('tunnel.create', isOutcome('applied'))
    const made = stage.cloudflare.store.all().filter(({ name }) => name === newTunnel.name)
    expect(made).toMatchObject([{ id: target?.id }])
    await stage.outcome('late-create-1', 'applied')
    expect((await create())?.json).toMatchObject({ tunnel: { id: target?.id } })
    expect(stage.sent('create')).toHaveLength(1)
  })

  test('U23 a change that never takes effect is not called "not applied" while it still might', async ({ stage }) => {
    const version = await stage.version()
    stage.cloudflare.script('update', fault('lost', { commitAfterMs: null, answer: 'reset' }))
    expect(says(await stage.change({ description: 'new' }, 'lost-change-1', version))).toEqual(unknown)
    const denied = await contrary(async () => {
      const { outcome } = await stage.entry('tunnel.update')
      const told = (await stage.person.ask('lost-change-1'))?.json?.['outcome']
      return denials.includes(outcome) || told !== 'unknown' ? [outcome, told] : null
    }, 10_000)
    expect(denied).toBeNull()
  })

  test('H2 what somebody else edits meanwhile does not make a late change forgotten', async ({ stage }) => {
    const version = await stage.version()
    stage.cloudflare.script('update', late)
    expect(says(await stage.change({ description: 'new' }, 'late-change-2', version))).toEqual(unknown)
    const edit = { kind: 'update', id: stage.tunnelId, body: { health_check: { rate: 'high' } } } as const
    stage.cloudflare.store.commit(edit)
    const entry = await stage.entry('tunnel.update', isOutcome('applied'))
    expect(entry.changes.map(({ path }) => path)).toEqual(['description'])
  })

  test('H1 nobody else’s change is let between a lost one and its late effect', async ({ stage }) => {
    const version = await stage.version()
    stage.cloudflare.script('update', late)
    expect(says(await stage.change({ description: 'new' }, 'late-change-3', version))).toEqual(unknown)
    await stage.change({ description: 'another' }, 'other-change-1', version)
    await stage.cloudflare.landed()
    const overwritten = stage.sent('update').map(({ before }) => before?.description)
    expect(overwritten).not.toContain('another')
  })

  test('U23 a reading that lags behind the console’s own change is no base for the next one', async ({ stage }) => {
    const version = await stage.version()
    stage.cloudflare.script('update', fault('stale', { staleMs: 2500 }))
    expect((await stage.change({ description: 'new' }, 'first-change-1', version))?.status).toBe(200)
    await stage.change({ customer_endpoint: '203.0.113.77' }, 'second-change', version)
    expect(stage.really()).toMatchObject({ description: 'new' })
  })

  test.for(['html-404', 'json-404'] as const)(
    'a deletion answered by a bare %s is not called done before it is',
    async (answer, { stage }) => {
      const version = await stage.version()
      stage.cloudflare.script('delete', fault('late', { commitAfterMs: 6000, answer }))
      const gone = stage.person.write('DELETE', `/api/tunnels/${stage.tunnelId}`, { key: 'late-delete-1', version })
      expect(says(await gone)).toEqual(unknown)
      expect(stage.really()).not.toBeNull()
      await stage.entry('tunnel.delete', isOutcome('applied'))
      expect(stage.really()).toBeNull()
      expect(stage.sent('delete')).toHaveLength(1)
    },
  )

  test('a tunnel that only a page calls missing is not called deleted', async ({ stage }) => {
    const version = await stage.version()
    stage.cloudflare.script('delete', fault('lost', { commitAfterMs: null, answer: 'html-404' }))
    stage.cloudflare.plan(({ kind }) => fault('page', { answer: kind === 'get' ? 'html-404' : 'yes' }))
    stage.cloudflare.script('get', fault('none', {}))
    const gone = stage.person.write('DELETE', `/api/tunnels/${stage.tunnelId}`, { key: 'page-delete-1', version })
    expect(says(await gone)).toEqual(unknown)
    const called = await contrary(async () => {
      const { outcome } = await stage.entry('tunnel.delete')
      return outcome === 'unknown' || outcome === 'pending' ? null : outcome
    }, 4000)
    expect(called).toBeNull()
  })
})
