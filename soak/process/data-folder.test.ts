import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect } from 'vitest'
import { spawnConsole } from '../console/console-process.ts'
import { freePort } from '../console/free-port.ts'
import { send } from '../console/send.ts'
import { until } from '../console/until.ts'
import { newTunnel, type Stage, staged as test, within } from './stage.ts'

/** Holds the database as a backup tool or a second program might: others can read, and nobody can write. */
function lockDatabase({ options }: Stage): DatabaseSync {
  const blocker = new DatabaseSync(path.join(options.dataDir, 'console.db'))
  blocker.exec('BEGIN EXCLUSIVE')
  return blocker
}

const lines = (text: string) => text.trim().split('\n')

describe('the data folder', { concurrent: true, timeout: 45_000 }, () => {
  test('L10 a second process on the same data folder says so in one line and stops', async ({ stage }) => {
    const second = spawnConsole({ ...stage.options, port: await freePort() })
    const exit = await within(8000, second.exited)
    await second.end('SIGKILL')
    expect(exit).toEqual({ code: 1, signal: null })
    expect(lines(second.errorOutput())).toHaveLength(1)
    expect((await stage.person.request('/api/session'))?.status).toBe(200)
  })

  test('L10 a process that was killed leaves the data folder to the next one at once', async ({ stage }) => {
    const before = performance.now()
    await stage.console().end('SIGKILL')
    await stage.start()
    expect(performance.now() - before).toBeLessThan(8000)
    expect((await stage.person.request('/api/session'))?.status).toBe(200)
  })

  test('L2 while the database is locked, writes are refused before Cloudflare is asked, and reads go on', async ({
    stage,
  }) => {
    const version = await stage.version()
    using blocker = lockDatabase(stage)
    const at = `/api/tunnels/${stage.tunnelId}`
    const { person } = stage
    const headers = { 'if-match': `"${version}"` }
    const refused = await Promise.all([
      stage.change({ description: 'new' }, 'locked-change', version),
      person.request(at, { method: 'PUT', headers, body: { description: 'new' } }),
      person.write('POST', '/api/tunnels', { key: 'locked-create', body: newTunnel }),
      person.write('DELETE', at, { key: 'locked-delete', version }),
      person.write('POST', `${at}/psk_generate`, { key: 'locked-key-1' }),
    ])
    expect(refused.map((reply) => reply?.status)).toEqual([503, 503, 503, 503, 503])
    const reads = await Promise.all([person.request('/api/tunnels'), person.request(at), person.request('/api/status')])
    expect(reads.map((reply) => reply?.status)).toEqual([200, 200, 200])
    expect((await send(`${stage.console().url}/healthz`))?.status).toBe(200)
    expect(['update', 'create', 'delete', 'psk'].flatMap((kind) => stage.sent(kind as 'update'))).toEqual([])
    blocker.close()
    expect((await stage.change({ description: 'new' }, 'freed-change', version))?.status).toBe(200)
  })

  test('L2 signing out ends the session while the database is locked, and for good', async ({ stage }) => {
    using blocker = lockDatabase(stage)
    const out = await stage.person.request('/api/auth/sign-out', { method: 'POST' })
    expect(out?.status).toBe(200)
    expect((await stage.person.request('/api/session'))?.status).toBe(401)
    blocker.close()
    await until('the session is gone from the database', async () => {
      return (await stage.person.request('/api/session'))?.status === 401
    })
    await stage.console().end('SIGTERM')
    await stage.start()
    expect((await stage.person.request('/api/session'))?.status).toBe(401)
  })

  test('L2 a database that is locked at the start is one line', async ({ stage }) => {
    await stage.console().end('SIGTERM')
    using _blocker = lockDatabase(stage)
    const started = spawnConsole(stage.options)
    const exit = await within(8000, started.exited)
    await started.end('SIGKILL')
    expect(exit).toEqual({ code: 1, signal: null })
    expect(lines(started.errorOutput())).toHaveLength(1)
  })
})
