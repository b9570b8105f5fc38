import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Reply, send } from '../console/send.ts'
import { until } from '../console/until.ts'
import { createRandom } from '../random.ts'
import { type Adversary, startAdversary } from './adversary.ts'
import { fault } from './fault.ts'

let cloudflare: Adversary
beforeEach(async () => {
  cloudflare = await startAdversary(createRandom('test'))
})
afterEach(() => cloudflare.close())

const body = { name: 'one', cloudflare_endpoint: '162.159.64.1', interface_address: '10.0.0.0/31' }

function call(method: string, path = '', json?: unknown, token = cloudflare.token) {
  const url = `${cloudflare.url}/accounts/${cloudflare.accountId}/magic/ipsec_tunnels${path}`
  return send(url, { method, headers: { authorization: `Bearer ${token}` }, body: json, timeoutMs: 2000 })
}

/** The `result` of an envelope, as far as it has the members that are asked for. */
function resultOf(reply: Reply | null): Record<string, unknown> {
  return (reply?.json?.['result'] ?? {}) as Record<string, unknown>
}

async function create(more: object = {}): Promise<string> {
  return String(resultOf(await call('POST', '', { ...body, ...more }))['id'])
}

const tunnel = async (id: string) => resultOf(await call('GET', `/${id}`))['ipsec_tunnel'] as Record<string, unknown>

describe('by Cloudflare’s rules', () => {
  test('a created tunnel is listed and read, and its name is taken', async () => {
    const id = await create()
    expect((await call('GET'))?.json).toMatchObject({ success: true, result: { ipsec_tunnels: [{ id, name: 'one' }] } })
    const again = await call('POST', '', body)
    expect([again?.status, again?.json]).toMatchObject([
      400,
      { success: false, errors: [{ code: 1104 }], result: null },
    ])
  })

  test('a PUT merges what it sends, answers the tunnel and moves its time', async () => {
    const id = await create({ description: 'old', bgp: { customer_asn: 65010, md5_key: 'secret' } })
    const reply = await call('PUT', `/${id}`, { health_check: { rate: 'high' } })
    expect(resultOf(reply)).toMatchObject({ modified: true, modified_ipsec_tunnel: { description: 'old' } })
    expect(await tunnel(id)).toMatchObject({
      description: 'old',
      health_check: { rate: 'high', type: 'reply' },
      bgp: { customer_asn: 65010, md5_key: 'secret' },
      modified_on: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
  })

  test('an unknown tunnel is 404 in the envelope, with code 1032', async () => {
    const reply = await call('DELETE', `/${'0'.repeat(32)}`)
    expect([reply?.status, reply?.json]).toMatchObject([404, { success: false, errors: [{ code: 1032 }] }])
  })

  test('a key is shown by psk_generate alone, and its date by the tunnel', async () => {
    const id = await create()
    const { psk } = resultOf(await call('POST', `/${id}/psk_generate`, {}))
    expect(psk).toHaveLength(43)
    expect([...cloudflare.psks]).toEqual([psk])
    const read = await tunnel(id)
    expect(read).toMatchObject({ psk_metadata: { last_generated_on: expect.any(String) } })
    expect(JSON.stringify(read)).not.toContain(psk)
  })

  test('a dry run does nothing, and says what would be refused', async () => {
    await create()
    expect((await call('POST', '?validate_only=true', { ...body, name: 'two' }))?.status).toBe(200)
    expect((await call('POST', '?validate_only=true', body))?.status).toBe(400)
    expect(cloudflare.store.all()).toHaveLength(1)
  })

  test('another token is refused', async () => {
    expect((await call('GET', '', undefined, 'another'))?.status).toBe(403)
  })
})

describe('as it is told to misbehave', () => {
  test('a late write takes effect after its connection was reset', async () => {
    const id = await create({ description: 'old' })
    cloudflare.script('update', fault('late', { commitAfterMs: 300, answer: 'reset' }))
    expect(await call('PUT', `/${id}`, { description: 'new' })).toBeNull()
    expect(cloudflare.store.get(id)?.description).toBe('old')
    await cloudflare.landed()
    expect(cloudflare.store.get(id)?.description).toBe('new')
  })

  test('a late creation of a name that is taken meanwhile comes to nothing', async () => {
    cloudflare.script('create', fault('late', { commitAfterMs: 200, answer: 'reset' }))
    expect(await call('POST', '', body)).toBeNull()
    await create()
    await cloudflare.landed()
    expect(cloudflare.store.all()).toHaveLength(1)
    expect(cloudflare.ledger[0]).toMatchObject({ committedAt: null, refusal: '400 1104' })
  })

  test.each(['reset', 'reset-after-headers', 'half-body', 'bad-json'] as const)(
    '%s leaves no readable answer',
    async (answer) => {
      const id = await create()
      cloudflare.script('delete', fault('cut', { answer }))
      expect((await call('DELETE', `/${id}`))?.json ?? null).toBeNull()
      expect(cloudflare.store.all()).toEqual([])
    },
  )

  test('a swallowed request is read by nobody', async () => {
    const id = await create()
    cloudflare.script('delete', fault('lost', { commitAfterMs: null, answer: 'reset-unread' }))
    expect(await call('DELETE', `/${id}`)).toBeNull()
    expect(cloudflare.store.all()).toHaveLength(1)
    expect(cloudflare.ledger.at(-1)).toMatchObject({ kind: 'delete', bodyHash: null, answered: 'none' })
  })

  test('reads lag behind a write for as long as they are told to', async () => {
    const id = await create({ description: 'old' })
    cloudflare.script('update', fault('stale', { staleMs: 400 }))
    await call('PUT', `/${id}`, { description: 'new' })
    expect((await tunnel(id))['description']).toBe('old')
    await until('the new text is shown', async () => (await tunnel(id))['description'] === 'new', 2000)
  })

  test('error messages repeat the token, the MD5 key and the new key', async () => {
    const id = await create()
    cloudflare.script('update', fault('echo', { answer: 'json-500' }))
    const said = await call('PUT', `/${id}`, { bgp: { customer_asn: 1, md5_key: 'md5-canary' } })
    expect(said?.text).toContain(cloudflare.token)
    expect(said?.text).toContain('md5-canary')
    cloudflare.script('psk', fault('echo', { answer: 'json-500' }))
    const lost = await call('POST', `/${id}/psk_generate`, {})
    expect(lost?.text).toContain([...cloudflare.psks][0])
    expect(cloudflare.ledger.at(-1)).toMatchObject({ kind: 'psk', isKeyHandedOver: false, answered: 'whole' })
  })

  test('429 says when to come back, as JSON and as a page', async () => {
    cloudflare.script('list', fault('429', { answer: 'json-429' }), fault('429', { answer: 'html-429' }))
    const [json, page] = [await call('GET'), await call('GET')]
    expect([json?.status, page?.status]).toEqual([429, 429])
    expect(json?.headers['retry-after']).toMatch(/^[12]$/)
    expect(page?.headers['content-type']).toBe('text/html')
  })
})
