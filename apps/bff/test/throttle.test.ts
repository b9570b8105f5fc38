import { parseBlock } from '@tunnel-console/shared/address'
import { ProblemError, problemOf } from '@tunnel-console/shared/problem'
import { describe, expect, test } from 'vitest'
import { clientOf } from '../src/http/forwarded.ts'
import { placeOf } from '../src/session/places.ts'
import { createSignInGate } from '../src/session/sign-in-gate.ts'
import { attempt, knownPlace } from '../src/storage/schema.ts'
import { goodPassword, startPeople, tokenIn } from './people-world.ts'
import { ada } from './session-world.ts'

const minute = 60_000
const home = '192.0.2.1'

/** A console whose owner has signed in from home, and strangers from elsewhere. */
async function startAttacked() {
  const people = await startPeople()
  const { world, signIn } = people
  /** One attempt from an address of its own. */
  const from = async (address: string, email = ada.email, password = 'not the password at all') => {
    world.address = address
    return (await signIn(email, password)).status
  }
  const strangers = (count: number, email = ada.email) =>
    Promise.all(Array.from({ length: count }, (_, index) => from(`203.0.${index >> 8}.${index & 255}`, email)))
  return { ...people, from, strangers }
}

describe('S34 attempts on one account', () => {
  test('from 200 addresses are refused after twenty, and the owner gets in from where they work', async () => {
    const { strangers, from, logged } = await startAttacked()
    const answers = await strangers(200)
    expect(answers.filter((status) => status === 401)).toHaveLength(20)
    expect(answers.filter((status) => status === 429)).toHaveLength(180)
    expect(await from(home, ada.email, ada.password)).toBe(200)
    // From elsewhere even the right password is not looked at, so that it tells nothing.
    expect(await from('198.51.100.9', ada.email, ada.password)).toBe(429)
    expect(await from(home, ada.email, ada.password)).toBe(200)
    expect(JSON.stringify(logged)).not.toContain('203.0.')
  })

  test('go on after a quarter of an hour, and are told how long to wait', async () => {
    const { strangers, from, world, signIn } = await startAttacked()
    const start = world.now.getTime()
    await strangers(20)
    world.now = new Date(start + 5 * minute)
    world.address = '198.51.100.9'
    const refused = await signIn()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600'])
    world.now = new Date(start + 15 * minute)
    expect(await from('198.51.100.9', ada.email, ada.password)).toBe(200)
  })

  test('leave other accounts alone, and count the same for an address that nobody has', async () => {
    const { strangers, from, join } = await startAttacked()
    const sue = await join('Sue', 'support')
    expect(await strangers(21, 'nobody@example.com')).toContain(429)
    await strangers(21)
    expect(await from('198.51.100.9', sue.email, goodPassword)).toBe(200)
    expect(await from('198.51.100.9', 'NOBODY@example.com')).toBe(429)
  })

  test('that were right count for nothing', async () => {
    const { from, strangers } = await startAttacked()
    for (let turn = 0; turn < 25; turn++) {
      expect(await from(`198.51.100.${turn}`, ada.email, ada.password)).toBe(200)
    }
    expect(await strangers(20)).toEqual(Array(20).fill(401))
  })

  test('from a place that is known have a limit of their own', async () => {
    const { auth, from } = await startAttacked()
    const gate = createSignInGate(auth.throttle, auth.places)
    const wrong = (address: string) =>
      gate(ada.email, address, () => Promise.reject(ProblemError.of('sign-in-failed'))).catch(problemOf)
    const codes: string[] = []
    for (let turn = 0; turn < 22; turn++) codes.push((await wrong(home)).code)
    expect(codes).toEqual([...Array(20).fill('sign-in-failed'), 'rate-limited', 'rate-limited'])
    expect((await wrong('203.0.113.9')).code).toBe('sign-in-failed')
    expect(await from('198.51.100.9', ada.email, ada.password)).toBe(200)
  })

  test('from a network of IPv6 are attempts from one place, whatever address is chosen there', async () => {
    const { from } = await startAttacked()
    expect(await from('2001:db8:1:2::1', ada.email, ada.password)).toBe(200)
    const answers: number[] = []
    for (let turn = 0; turn < 11; turn++) answers.push(await from(`2001:db8:1:2::${turn + 2}`, `n${turn}@example.com`))
    expect(answers.at(-1)).toBe(429)
    expect(await from('2001:db8:1:3::1', ada.email, ada.password)).toBe(200)
  })

  test('from a place that was last used 30 days ago are strangers’', async () => {
    const { strangers, from, world, deps } = await startAttacked()
    const day = 24 * 60 * minute
    const start = world.now.getTime()
    world.now = new Date(start + 29 * day)
    await strangers(20)
    expect(await from(home, ada.email, ada.password)).toBe(200)
    world.now = new Date(start + 59 * day)
    await strangers(20)
    expect(await from(home, ada.email, ada.password)).toBe(429)
    expect(await deps.db.select().from(knownPlace)).toHaveLength(1)
  })

  test('whose session cannot be made are no wrong ones', async () => {
    const { from, deps, strangers } = await startAttacked()
    await deps.db.run("CREATE TRIGGER full BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT, 'full'); END")
    for (let turn = 0; turn < 25; turn++) {
      expect(await from(`198.51.100.${turn}`, ada.email, ada.password)).toBe(503)
    }
    await deps.db.run('DROP TRIGGER full')
    expect(await strangers(20)).toEqual(Array(20).fill(401))
  })

  test('are remembered by a restart, and nothing of them can be read', async () => {
    const { strangers, deps, from } = await startAttacked()
    await strangers(20, 'hunter2hunter2hunter2')
    const rows = JSON.stringify([await deps.db.select().from(attempt), await deps.db.select().from(knownPlace)])
    expect(rows).not.toMatch(/hunter2|example|203\.0|192\.0/)
    expect(JSON.parse(rows)).toMatchObject([[{ count: 20 }, { count: 0 }].toReversed(), [{}]])
    expect(await from('198.51.100.9', 'hunter2hunter2hunter2')).toBe(429)
  })

  test('that are old are tidied away', async () => {
    const { strangers, from, world, deps } = await startAttacked()
    await strangers(5, 'nobody@example.com')
    world.now = new Date(world.now.getTime() + 16 * minute)
    await from(home, ada.email, ada.password)
    expect(await deps.db.select().from(attempt)).toMatchObject([{ count: 0 }])
  })

  test('do not lock anybody out when the clock is set back', async () => {
    const { strangers, from, world } = await startAttacked()
    await strangers(21)
    world.now = new Date(world.now.getTime() - 24 * 60 * minute)
    expect(await from('198.51.100.9', ada.email, ada.password)).toBe(200)
  })
})

test('S34 a link from an administrator lets somebody in from where they are', async () => {
  const { strangers, from, admin, join, post, world } = await startAttacked()
  const sue = await join('Sue', 'support')
  await strangers(21, sue.email)
  expect(await from('198.51.100.9', sue.email, goodPassword)).toBe(429)
  const { resetUrl } = (await (await admin.send('POST', `/users/${sue.id}/reset`)).json()) as { resetUrl: string }
  world.address = '198.51.100.9'
  expect((await post('/invite', { token: tokenIn(resetUrl), password: 'another long enough one' })).status).toBe(200)
  expect(await from('198.51.100.9', sue.email, 'another long enough one')).toBe(200)
})

test.each([
  ['192.0.2.1', '192.0.2.2', false],
  ['192.0.2.1', '::ffff:192.0.2.1', true],
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
])('S34 %s and %s are one place: %s', (one, other, same) => {
  expect(placeOf(one) === placeOf(other)).toBe(same)
})

test.each([undefined, '', 'unknown', 'localhost'])('S34 %j is no place', (address) => {
  expect(placeOf(address)).toBeNull()
})

const proxies = ['10.0.0.5', '10.1.0.0/16', '::1'].flatMap((text) => parseBlock(text) ?? [])

test.each([
  ['nothing is forwarded', '10.0.0.5', null, '10.0.0.5'],
  ['one proxy', '10.0.0.5', '203.0.113.9', '203.0.113.9'],
  ['a spoofed hop before it', '10.0.0.5', '1.2.3.4, 203.0.113.9', '203.0.113.9'],
  ['a spoofed hop that looks like a proxy', '10.0.0.5', '10.1.0.1, 203.0.113.9', '203.0.113.9'],
  ['a chain of proxies', '10.0.0.5', '1.2.3.4, 203.0.113.9, 10.1.2.3,10.1.0.1', '203.0.113.9'],
  ['a peer that is no proxy', '203.0.113.7', '1.2.3.4', '203.0.113.7'],
  ['a peer that only looks like one', '10.0.0.50', '1.2.3.4', '10.0.0.50'],
  ['proxies alone', '10.0.0.5', '10.1.0.1', '10.1.0.1'],
  ['a hop that is no address', '10.0.0.5', '203.0.113.9, unknown', '10.0.0.5'],
  ['a hop that is no address behind a good one', '10.0.0.5', '203.0.113.9, _hidden, 10.1.0.1', '10.1.0.1'],
  ['an empty header', '10.0.0.5', '', '10.0.0.5'],
  ['ports', '10.0.0.5', '203.0.113.9:4711', '203.0.113.9'],
  ['IPv6 with a port', '::1', '[2001:db8::7]:4711', '2001:db8::7'],
  ['IPv6', '::1', '2001:db8::7', '2001:db8::7'],
  ['a socket for both families', '::ffff:10.0.0.5', '203.0.113.9', '203.0.113.9'],
  ['a peer on a socket for both families', '::ffff:203.0.113.7', '1.2.3.4', '203.0.113.7'],
])('S62 the client is found behind %s', (_what, peer, header, client) => {
  expect(clientOf(peer, header, proxies)).toBe(client)
})

test('S62 without trusted proxies no header says where a request came from', () => {
  expect(clientOf('10.0.0.5', '203.0.113.9', [])).toBe('10.0.0.5')
  expect(clientOf(undefined, '203.0.113.9', proxies)).toBeUndefined()
})

test('S62 behind a trusted proxy each person has a limit of their own, and a made-up hop buys nothing', async () => {
  const { deps, signIn } = await startPeople()
  deps.clientAddress = (request) => clientOf('10.0.0.5', request.headers.get('x-forwarded-for'), proxies)
  const wrong = 'not the password at all'
  const statuses: number[] = []
  for (let turn = 0; turn < 12; turn++) {
    const headers = { 'x-forwarded-for': `198.51.100.${turn}, 203.0.113.9` }
    statuses.push((await signIn('nobody@example.com', wrong, headers)).status)
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  expect((await signIn(ada.email, ada.password, { 'x-forwarded-for': '203.0.113.10' })).status).toBe(200)
})
