import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCloudflareClient } from '../src/cloudflare/client.ts'
import { resultsIn, setKeys, setting } from './key-steps.ts'
import { auditOf, create, idOf, listOf, stored } from './steps.ts'
import { newTunnel, startWorld } from './world.ts'

/** What a broken proxy does to a body: bytes cut out, doubled, replaced, or rubbish in front. */
const damage = fc.record({
  kind: fc.constantFrom('cut', 'double', 'replace', 'prefix', 'truncate'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 400 }),
  rubbish: fc.constantFrom('\u0000', '\uFEFF', '"', '}', '<html>', 'null', ',', '[', '{"success":true}'),
})
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never

function damaged(text: string, { kind, at, length, rubbish }: Damage): string {
  const start = Math.floor(at * text.length)
  const [head, middle, tail] = [text.slice(0, start), text.slice(start, start + length), text.slice(start + length)]
  return {
    cut: head + tail,
    double: head + middle + middle + tail,
    replace: head + rubbish + tail,
    prefix: rubbish + text,
    truncate: head,
  }[kind]
}

/** The same cases in every run: a failure names its case, and stays. */
const cases = (count: number, seed: number) => fc.sample(damage, { numRuns: count, seed })

test('U10 200 damaged answers to reads: a list, or an honest 502, and the console goes on', async () => {
  const world = await startWorld()
  const support = await world.as('support')
  const client = createCloudflareClient(world.deps.upstream, world.deps)
  const whole = world.sandbox.state().tunnels.length
  const text = await (
    await world.sandbox.fetch(
      `https://api.cloudflare.com/client/v4/accounts/${world.deps.upstream.accountId}/magic/ipsec_tunnels`,
      {
        headers: { authorization: `Bearer ${world.deps.upstream.readToken.reveal()}`, 'x-magic-new-hc-target': 'true' },
      },
    )
  ).text()
  for (const one of cases(200, 1)) {
    world.sandbox.faults.next({ kind: 'badJson', text: damaged(text, one) }, { method: 'GET' })
    const outcome = await client.listTunnels().then(
      ({ tunnels, unreadable }) => tunnels.length + unreadable,
      (error: { problem?: { code: string } }) => error.problem?.code,
    )
    // JSON that is still JSON may have lost or doubled entries: that is Cloudflare's word then.
    expect(
      typeof outcome === 'number' || outcome === 'upstream-unexpected' || outcome === 'rejected',
      JSON.stringify(one),
    ).toBe(true)
  }
  await world.services.owner.refresh()
  expect((await listOf(support)).tunnels).toHaveLength(whole)
})

test('U10 damaged answers to a write are looked up, and the write is told as done', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  for (const [index, one] of cases(40, 2).entries()) {
    const name = `fuzz-${index}`
    const interface_address = `10.99.1.${index * 2}/31`
    world.sandbox.faults.next(
      { kind: 'badJson', text: damaged('{"result":{"id":"x"},"success":true,"errors":[]}', one) },
      { method: 'POST' },
    )
    const response = await create(operator, {}, { ...newTunnel, name, interface_address })
    expect([response.status, stored(world, name)?.name], JSON.stringify(one)).toEqual([201, name])
  }
  expect((await auditOf(world)).every(({ outcome }) => outcome === 'applied')).toBe(true)
})

test('U10 U19 damaged answers to the setting of a key are asked for again, and the key that is shown is the one that counts', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world, 'paris-a')
  const psk = 'a key of 24 characters..'
  const entry = { ipsec_tunnel_id: id, ipsec_id: `33145236_${id}`, psk, psk_metadata: {} }
  const result = { successfully_applied_psks: { [id]: entry }, unapplied_psks: {} }
  const text = JSON.stringify({ result, success: true, errors: [], messages: [] })
  for (const one of cases(40, 3)) {
    world.sandbox.faults.next({ kind: 'badJson', text: damaged(text, one) }, setting)
    const results = await resultsIn(await setKeys(admin, [{ id, psk }]))
    expect(results, JSON.stringify(one)).toMatchObject([{ id, outcome: 'applied', psk }])
    expect(await world.sandbox.hasPsk(id, psk)).toBe(true)
  }
})
