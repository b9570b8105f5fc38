import type { Fault } from '@tunnel-console/cloudflare-sandbox/faults'
import { expect, test } from 'vitest'
import { isGone } from '../src/cloudflare/gone.ts'
import { failureOf, fateOf, startUpstream } from './upstream-world.ts'

const envelope = (...codes: number[]): Fault => ({
  kind: 'status',
  status: 404,
  body: { success: false, result: null, messages: [], errors: codes.map((code) => ({ code, message: 'no' })) },
})

const page: Fault = { kind: 'html', status: 404 }
const json = (body: unknown): Fault => ({ kind: 'status', status: 404, body })

/** What a 404 says: the code of a read, what becomes of a DELETE, and whether the tunnel does not exist. */
const answers: [what: string, fault: Fault, read: string, deletion: string, gone: boolean][] = [
  ['that this tunnel does not exist', envelope(1032), 'not-found', 'not-found', true],
  ['no route for the URI', envelope(7003, 7000), 'not-found', 'ambiguous not-found', false],
  ['an authentication code', envelope(10_000), 'not-found', 'ambiguous not-found', false],
  ['both at once', envelope(1032, 7003), 'not-found', 'ambiguous not-found', false],
  ['no reason', envelope(), 'not-found', 'ambiguous not-found', false],
  ['a page', page, 'upstream-unexpected', 'ambiguous upstream-unexpected', false],
  ['an empty body', json(''), 'upstream-unexpected', 'ambiguous upstream-unexpected', false],
  ['an empty object', json({}), 'upstream-unexpected', 'ambiguous upstream-unexpected', false],
  ['a list', json([]), 'upstream-unexpected', 'ambiguous upstream-unexpected', false],
  [
    'JSON of somebody else',
    json({ error: { code: 1032, message: 'not found' } }),
    'upstream-unexpected',
    'ambiguous upstream-unexpected',
    false,
  ],
  [
    'yes',
    json({ success: true, result: null, errors: [{ code: 1032, message: 'no' }] }),
    'upstream-unexpected',
    'ambiguous upstream-unexpected',
    false,
  ],
]

test.each(answers)('U21 a 404 with %s', async (_what, fault, read, deletion, gone) => {
  const { client, sandbox, id } = startUpstream()
  sandbox.faults.next(fault, { method: 'GET' })
  const failure = await failureOf(client.getTunnel(id))
  expect(failure).toMatchObject({ problem: { code: read } })
  expect(isGone(failure)).toBe(gone)
  sandbox.faults.next(fault, { method: 'DELETE' })
  expect(await fateOf(client.deleteTunnel(id, false))).toBe(deletion)
})

test.each(['PUT', 'POST'])('U21 a %s whose 404 does not speak of the tunnel may have happened', async (method) => {
  const { client, sandbox, id } = startUpstream()
  const send = { PUT: () => client.updateTunnel(id, {}, false), POST: () => client.generatePsk(id, false) }[method]
  sandbox.faults.next(envelope(7003), { method })
  expect(await fateOf(send?.() ?? Promise.resolve())).toBe('ambiguous not-found')
  sandbox.faults.next(envelope(1032), { method })
  expect(await fateOf(send?.() ?? Promise.resolve())).toBe('not-found')
})

test('U21 a dry run that meets any 404 has changed nothing', async () => {
  const { client, sandbox, id } = startUpstream()
  sandbox.faults.next(envelope(7003), { method: 'DELETE' })
  expect(await fateOf(client.deleteTunnel(id, true))).toBe('not-found')
})

test('U21 only a problem can say that a tunnel is gone', () => {
  expect([undefined, null, 404, new Error('not-found')].map(isGone)).toEqual([false, false, false, false])
})
