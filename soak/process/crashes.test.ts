import { describe, expect } from 'vitest'
import { fault } from '../adversary/fault.ts'
import { until } from '../console/until.ts'
import { isOutcome, newTunnel, says, staged as test } from './stage.ts'

describe('a process that ends in the middle of a write', { concurrent: true, timeout: 45_000 }, () => {
  test.for([
    ['before', 200],
    ['after', 5000],
  ] as const)(
    'L3 kill -9 in mid-change, which takes effect %s the next start: it is settled, and sent once',
    async ([, commitAfterMs], { stage }) => {
      const version = await stage.version()
      stage.cloudflare.script('update', fault('held', { commitAfterMs, waitMs: 8000 }))
      const arrived = stage.cloudflare.arrival('update')
      const lost = stage.change({ description: 'new' }, 'killed-change', version)
      await arrived
      await stage.console().end('SIGKILL')
      await stage.start()
      expect(await lost).toBeNull()
      await stage.entry('tunnel.update', isOutcome('applied'))
      await stage.outcome('killed-change', 'applied')
      const again = await stage.change({ description: 'new' }, 'killed-change', version)
      expect([again?.status, again?.json]).toMatchObject([200, { tunnel: { description: 'new' } }])
      expect(stage.sent('update')).toHaveLength(1)
    },
  )

  test('L3 U17 kill -9 in mid-creation: one tunnel, and the same key tells of it', async ({ stage }) => {
    stage.cloudflare.script('create', fault('held', { commitAfterMs: 200, waitMs: 8000 }))
    const arrived = stage.cloudflare.arrival('create')
    const create = () => stage.person.write('POST', '/api/tunnels', { key: 'killed-create', body: newTunnel })
    const lost = create()
    await arrived
    await stage.console().end('SIGKILL')
    await stage.start()
    expect(await lost).toBeNull()
    const { target } = await stage.entry('tunnel.create', isOutcome('applied'))
    expect((await create())?.json).toMatchObject({ tunnel: { id: target?.id } })
    expect(stage.sent('create')).toHaveLength(1)
  })

  test('L3 U20 kill -9 while a key is made: its value is lost, and the same click makes no other', async ({
    stage,
  }) => {
    stage.cloudflare.script('psk', fault('held', { waitMs: 8000 }))
    const arrived = stage.cloudflare.arrival('psk')
    const generate = () =>
      stage.person.write('POST', `/api/tunnels/${stage.tunnelId}/psk_generate`, { key: 'killed-key-1' })
    const lost = generate()
    await arrived
    await stage.console().end('SIGKILL')
    await stage.start()
    expect(await lost).toBeNull()
    await stage.entry('psk.generate', isOutcome('unknown'))
    const told = await stage.outcome('killed-key-1', 'unknown')
    expect(JSON.stringify(told)).toMatch(/generate again/i)
    const again = await generate()
    expect(says(again)).toEqual([502, 'outcome-unknown'])
    expect(again?.text).toMatch(/generate again/i)
    expect(stage.sent('psk')).toHaveLength(1)
  })

  test('L9 SIGTERM waits for a change whose person has gone, and settles it', async ({ stage }) => {
    const version = await stage.version()
    stage.cloudflare.script('update', fault('held', { waitMs: 2500 }))
    const arrived = stage.cloudflare.arrival('update')
    const tab = new AbortController()
    const lost = stage.change({ description: 'new' }, 'left-change-1', version, tab.signal)
    await arrived
    tab.abort()
    await lost
    const exit = await stage.console().end('SIGTERM')
    const endedAt = Date.now()
    await stage.start()
    expect(exit).toEqual({ code: 0, signal: null })
    expect(stage.sent('update')).toMatchObject([{ answered: 'whole' }])
    const entry = await stage.entry('tunnel.update', isOutcome('applied'))
    // The process that sent it settled it, not the next one.
    expect(Date.parse(entry.settledAt ?? '')).toBeLessThanOrEqual(endedAt)
  })

  test('after SIGTERM no new change is taken', async ({ stage }) => {
    const version = await stage.version()
    stage.cloudflare.script('update', fault('held', { waitMs: 2500 }))
    const arrived = stage.cloudflare.arrival('update')
    const running = stage.change({ description: 'new' }, 'last-change-1', version)
    await arrived
    const ended = stage.console().end('SIGTERM')
    // A signal takes a moment to arrive.
    await until('the console is stopping', async () => {
      return [undefined, 503].includes((await stage.person.request('/api/session'))?.status)
    })
    const refused = await stage.change({ description: 'too late' }, 'late-comer-1', version)
    expect([undefined, 503]).toContain(refused?.status)
    expect((await running)?.status).toBe(200)
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(stage.sent('update')).toHaveLength(1)
  })
})
