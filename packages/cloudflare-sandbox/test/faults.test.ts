import { beforeEach, describe, expect, test } from 'vitest'
import { createHarness, dig, type Harness, newTunnel } from './harness.ts'

let harness: Harness
let id: string
beforeEach(() => {
  harness = createHarness()
  id = harness.idOf('paris-a')
})

const list = () => harness.tunnels('GET')
const describePut = (description: string) => harness.tunnels('PUT', `/${id}`, { description })
const lastEntry = () => harness.sandbox.ledger.at(-1)

describe('scripting', () => {
  test('hits the first request that matches, once, then nothing', async () => {
    harness.sandbox.faults.next({ kind: 'status', status: 503 }, { method: 'put', path: /ipsec_tunnels\/[0-9a-f]+$/ })
    expect((await list()).status).toBe(200)
    expect(
      (await harness.send('PUT', `${'/accounts/0123456789abcdef0123456789abcdef'}/magic/ipsec_tunnels/${id}`, {}))
        .status,
    ).toBe(503)
    expect((await describePut('x')).status).toBe(200)
  })

  test('counts, repeats for ever, keeps its order and clears', async () => {
    const { faults } = harness.sandbox
    faults.next({ kind: 'successFalse' }, { times: 2 })
    faults.next({ kind: 'reset' }, { times: Number.POSITIVE_INFINITY })
    expect((await list()).body.success).toBe(false)
    expect((await list()).body.success).toBe(false)
    for (let attempt = 0; attempt < 3; attempt++) await expect(list()).rejects.toThrow('fetch failed')
    faults.clear()
    expect((await list()).body.success).toBe(true)
  })

  test('sees the query', async () => {
    harness.sandbox.faults.next({ kind: 'reset' }, { path: /validate_only=true/ })
    expect((await describePut('x')).status).toBe(200)
    await expect(harness.tunnels('PUT', `/${id}?validate_only=true`, {})).rejects.toThrow('fetch failed')
  })
})

describe('connections', () => {
  test.each([
    ['reset', 'ECONNRESET', 1],
    ['dropBeforeCommit', 'ECONNRESET', 1],
    ['notSent', 'ECONNREFUSED', 0],
  ] as const)('%s rejects as fetch does, without handling', async (kind, code, ledgered) => {
    const before = harness.sandbox.state()
    harness.sandbox.faults.next({ kind })
    await expect(describePut('lost')).rejects.toMatchObject({ name: 'TypeError', cause: { code } })
    expect(harness.sandbox.state()).toEqual(before)
    expect(harness.sandbox.ledger).toHaveLength(ledgered)
    expect(lastEntry()?.status ?? null).toBeNull()
  })

  test('commitThenDrop stores, and says nothing', async () => {
    harness.sandbox.faults.next({ kind: 'commitThenDrop' })
    await expect(harness.tunnels('POST', '', newTunnel)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(harness.idOf('antwerp-a')).toMatch(/^[0-9a-f]{32}$/)
    expect(lastEntry()).toMatchObject({ status: null, committed: true })
  })

  test.each([
    ['hang', { kind: 'hang' }, false],
    ['dropBeforeCommit', { kind: 'dropBeforeCommit', hang: true }, false],
    ['commitThenDrop', { kind: 'commitThenDrop', hang: true }, true],
  ] as const)('%s answers nothing until the caller gives up', async (_, fault, committed) => {
    harness.sandbox.faults.next(fault)
    const signal = AbortSignal.timeout(20)
    await expect(harness.tunnels('PUT', `/${id}`, { description: 'x' }, { signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
    expect(lastEntry()).toMatchObject({ status: null, committed })
  })

  test('latency delays, or is cut short before anything is handled', async () => {
    harness.sandbox.faults.next({ kind: 'latency', ms: 30 })
    const begun = performance.now()
    expect((await describePut('slow')).status).toBe(200)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(29)

    harness.sandbox.faults.next({ kind: 'latency', ms: 60_000 })
    const signal = AbortSignal.timeout(10)
    await expect(harness.tunnels('PUT', `/${id}`, { description: 'cut' }, { signal })).rejects.toThrow('timeout')
    expect(harness.stored(id).description).toBe('slow')
  })

  test('an aborted request never starts', async () => {
    await expect(harness.tunnels('GET', '', undefined, { signal: AbortSignal.abort() })).rejects.toThrow('abort')
    expect(harness.sandbox.ledger).toEqual([])
  })
})

describe('bodies', () => {
  const response = () => harness.send('GET', '/user/tokens/verify')

  test('halfBody announces the whole and breaks off', async () => {
    harness.sandbox.faults.next({ kind: 'halfBody', at: 0.25 })
    const answer = await response()
    const length = Number(answer.headers.get('content-length'))
    const reader = answer.body?.getReader()
    const first = await reader?.read()
    expect(first?.value?.length).toBe(Math.floor(length / 4))
    await expect(reader?.read()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  })

  test('slowBody arrives whole, in time', async () => {
    harness.sandbox.faults.next({ kind: 'slowBody', bytesPerSecond: 1000 })
    const begun = performance.now()
    const answer = await response()
    expect(dig(await answer.json(), 'success')).toBe(true)
    expect(performance.now() - begun).toBeGreaterThan(95)
  })

  test('slowBody stops when the caller gives up', async () => {
    harness.sandbox.faults.next({ kind: 'slowBody', bytesPerSecond: 10 })
    const answer = await harness.send('GET', '/user/tokens/verify', undefined, { signal: AbortSignal.timeout(20) })
    await expect(answer.text()).rejects.toThrow()
  })

  test('status answers as told, headers and all, with or without handling', async () => {
    const headers = { 'retry-after': '7', ratelimit: 'nonsense' }
    harness.sandbox.faults.next({ kind: 'status', status: 429, body: { a: 1 }, headers })
    const answer = await response()
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([429, '7', { a: 1 }])
    expect(answer.headers.get('ratelimit')).toBe('nonsense')

    harness.sandbox.faults.next({ kind: 'status', status: 500 })
    await expect(describePut('not stored')).rejects.toThrow(SyntaxError)
    harness.sandbox.faults.next({ kind: 'status', status: 502, body: {}, commit: true })
    expect((await describePut('stored')).status).toBe(502)
    expect(harness.stored(id).description).toBe('stored')
    harness.sandbox.faults.next({ kind: 'status', status: 204 })
    expect((await response()).status).toBe(204)
  })

  test('html is the page of the edge, with any status', async () => {
    harness.sandbox.faults.next({ kind: 'html' })
    const page = await response()
    expect([page.status, page.headers.get('content-type')]).toEqual([522, 'text/html; charset=UTF-8'])
    expect(await page.text()).toContain('Error code 522')
    harness.sandbox.faults.next({ kind: 'html', status: 200 })
    expect((await response()).status).toBe(200)
  })

  test('badJson handles the request and garbles the answer', async () => {
    harness.sandbox.faults.next({ kind: 'badJson' })
    await expect(describePut('stored')).rejects.toThrow(SyntaxError)
    expect(harness.stored(id).description).toBe('stored')
    harness.sandbox.faults.next({ kind: 'badJson', text: 'NaN' })
    expect(await (await response()).text()).toBe('NaN')
  })

  test('successFalse says no with 200', async () => {
    harness.sandbox.faults.next({ kind: 'successFalse', errors: [{ code: 1234, message: 'no' }] })
    const { status, body } = await describePut('x')
    expect([status, body.success, body.errors[0]?.code]).toEqual([200, false, 1234])
    expect(lastEntry()?.committed).toBe(false)
  })

  test('mutate changes the envelope on its way back', async () => {
    harness.sandbox.faults.next({ kind: 'mutate', change: (envelope) => ({ ...envelope, result: null }) })
    expect((await list()).body).toMatchObject({ success: true, result: null })
  })

  test('redirect leads elsewhere', async () => {
    harness.sandbox.faults.next({ kind: 'redirect', location: 'http://127.0.0.1:1/', status: 307 })
    const answer = await response()
    expect([answer.status, answer.headers.get('location')]).toEqual([307, 'http://127.0.0.1:1/'])
  })
})

describe('the account behind', () => {
  const read = async () => {
    const { body } = await harness.tunnels('GET', `/${id}`)
    return dig(body.result, 'ipsec_tunnel', 'description')
  }

  test('staleReads answers from before the write that it came with', async () => {
    const before = await read()
    harness.sandbox.faults.next({ kind: 'staleReads', ms: 3000 }, { method: 'PUT' })
    await describePut('new')
    expect(await read()).toBe(before)
    harness.tick(2999)
    expect(await read()).toBe(before)
    harness.tick(1)
    expect(await read()).toBe('new')
  })

  test('staleReads on a read answers from before the latest write', async () => {
    const before = await read()
    await describePut('new')
    harness.sandbox.faults.next({ kind: 'staleReads', ms: 1000 })
    expect(await read()).toBe(before)
  })

  test('externalWrite comes right before, and can delete', async () => {
    harness.sandbox.faults.next({ kind: 'externalWrite', id, patch: { name: 'paris-x' } }, { method: 'PUT' })
    const { body } = await describePut('ours')
    expect(dig(body.result, 'modified_ipsec_tunnel')).toMatchObject({ name: 'paris-x', description: 'ours' })
    harness.sandbox.faults.next({ kind: 'externalWrite', id, patch: null })
    expect((await describePut('late')).status).toBe(404)
  })

  test('quota leaves so many', async () => {
    harness.sandbox.faults.next({ kind: 'quota', remaining: 2 })
    const left = [await list(), await list(), await list()]
    expect(left.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(left[0]?.headers.get('ratelimit')).toBe('"default";r=1;t=300')
  })

  test('the ledger tells what came, as it came', async () => {
    await harness.tunnels(
      'PUT',
      `/${id}?validate_only=true`,
      { psk: 'secret', description: 'x' },
      {
        headers: { 'X-Magic-New-Hc-Target': 'true' },
      },
    )
    expect(harness.sandbox.ledger).toEqual([
      {
        at: '2026-11-22T12:00:00.000Z',
        method: 'PUT',
        path: `/client/v4/accounts/0123456789abcdef0123456789abcdef/magic/ipsec_tunnels/${id}`,
        query: { validate_only: 'true' },
        headers: {
          authorization: 'Bearer write-token',
          'content-type': 'application/json',
          'x-magic-new-hc-target': 'true',
        },
        body: { psk: '[redacted]', description: 'x' },
        status: 200,
        committed: false,
      },
    ])
  })
})
