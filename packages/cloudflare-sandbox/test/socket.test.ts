import type { Fault } from '@tunnel-console/cloudflare-sandbox/faults'
import { type ServedSandbox, serveSandbox } from '@tunnel-console/cloudflare-sandbox/serve'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accountId, createHarness, dig, type Harness } from './harness.ts'

let harness: Harness
let served: ServedSandbox
beforeEach(async () => {
  harness = createHarness()
  served = await serveSandbox(harness.sandbox)
})
afterEach(() => served.close())

const get = (init: RequestInit = {}) =>
  fetch(`${served.url}/accounts/${accountId}/magic/ipsec_tunnels`, {
    headers: { authorization: 'Bearer write-token' },
    redirect: 'manual',
    ...init,
  })

describe('over a real socket', () => {
  test('listens on loopback and answers', async () => {
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/client\/v4$/)
    const response = await get()
    expect(dig(await response.json(), 'success')).toBe(true)
  })

  test('takes a port, and says when it is taken', async () => {
    const port = Number(new URL(served.url).port)
    await expect(serveSandbox(harness.sandbox, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  test.each(['reset', 'notSent', 'dropBeforeCommit', 'commitThenDrop'] as const)(
    '%s breaks the connection',
    async (kind) => {
      harness.sandbox.faults.next({ kind })
      await expect(get()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
      expect((await get()).status).toBe(200)
    },
  )

  test('halfBody breaks off after the headers and half of the body', async () => {
    harness.sandbox.faults.next({ kind: 'halfBody' })
    const response = await get()
    const length = Number(response.headers.get('content-length'))
    let received = 0
    const readAll = async () => {
      for await (const chunk of response.body ?? []) received += chunk.length
    }
    await expect(readAll()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(received).toBe(Math.floor(length / 2))
  })

  test('hang waits for the caller, and the server closes all the same', async () => {
    harness.sandbox.faults.next({ kind: 'hang' }, { times: 2 })
    await expect(get({ signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ name: 'TimeoutError' })
    const hanging = get().catch((error: unknown) => error)
    await expect.poll(() => harness.sandbox.ledger.length).toBe(2)
    await served.close()
    expect(await hanging).toBeInstanceOf(TypeError)
    served = await serveSandbox(harness.sandbox)
  })

  test.each<[Fault, number]>([
    [{ kind: 'status', status: 503, headers: { 'retry-after': '3' } }, 503],
    [{ kind: 'html' }, 522],
    [{ kind: 'redirect', location: 'https://elsewhere.example/', status: 302 }, 302],
  ])('answers %o', async (fault, status) => {
    harness.sandbox.faults.next(fault)
    expect((await get()).status).toBe(status)
  })

  test('slowBody drips', async () => {
    harness.sandbox.faults.next({ kind: 'slowBody', bytesPerSecond: 200_000 })
    const begun = performance.now()
    const response = await get()
    const headersAfter = performance.now() - begun
    expect(dig(await response.json(), 'success')).toBe(true)
    expect(performance.now() - begun - headersAfter).toBeGreaterThan(90)
  })
})
