import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { type Answer, accountId, createHarness, newTunnel } from './harness.ts'

// Cloudflare's description is looked at beside the repository and never copied into it.
const specFile = path.resolve(import.meta.dirname, '../../../../shared/spec/cloudflare-ipsec-tunnels.openapi.json')
const isThere = existsSync(specFile)

/**
 * A validator of one operation's answers. Failures type `result` as an object that must be null, which nothing can
 * satisfy; where an enum allows only null, the type is dropped.
 */
function validator(method: string, route: string, status: number) {
  const document: unknown = JSON.parse(readFileSync(specFile, 'utf8'), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('enum' in value) || !('type' in value)) return value
    const isNullOnly = Array.isArray(value.enum) && value.enum[0] === null
    return isNullOnly ? { enum: value.enum } : value
  })
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addFormat('cidr', /^[0-9a-f.:]+\/\d+$/i)
  ajv.addSchema(Object(document), 'spec')
  const pointer = ['paths', route, method.toLowerCase(), 'responses', status === 200 ? '200' : '4XX']
    .map((part) => encodeURIComponent(part.replaceAll('/', '~1')))
    .join('/')
  return ajv.compile({ $ref: `spec#/${pointer}/content/application~1json/schema` })
}

const root = '/accounts/{account_id}/magic/ipsec_tunnels'
const one = `${root}/{ipsec_tunnel_id}`

async function expectConform(method: string, route: string, run: () => Promise<Answer>, status: number) {
  const answer = await run()
  expect(answer.status).toBe(status)
  const validate = validator(method, route, answer.status)
  validate(answer.body)
  expect(validate.errors ?? []).toEqual([])
}

interface Operation {
  method: string
  route: string
  good: unknown
  bad: unknown
  /** Whether the failure comes from the id and not from the body. */
  badId?: boolean
}

const key = { psk: 'abcde' }
const operations: Operation[] = [
  { method: 'POST', route: root, good: { ...newTunnel, ...key, bgp: { customer_asn: 65001 } }, bad: {} },
  { method: 'PUT', route: root, good: 'bulk', bad: { ipsec_tunnels: [{ id: 5 }] } },
  { method: 'PUT', route: one, good: { description: 'x', ...key }, bad: { description: null } },
  { method: 'POST', route: `${one}/psk_generate`, good: {}, bad: {}, badId: true },
  { method: 'POST', route: `${root}/psk`, good: 'psks', bad: { psks: 1 } },
  { method: 'DELETE', route: one, good: undefined, bad: undefined, badId: true },
]

const headerForms = [{}, { 'x-magic-new-hc-target': 'true' }]

describe.skipIf(!isThere).each(headerForms)("answers fit Cloudflare's description with headers %o", (headers) => {
  const harness = createHarness()
  const id = harness.idOf('hamburg-a')
  const payload = (name: unknown) =>
    name === 'bulk'
      ? { ipsec_tunnels: [{ id, description: 'y' }] }
      : name === 'psks'
        ? { psks: [{ id, ...key }] }
        : name
  const call = (method: string, route: string, body: unknown, tunnelId = id) =>
    harness.call(
      method,
      route.replace('{account_id}', accountId).replace('{ipsec_tunnel_id}', tunnelId),
      payload(body),
      { headers },
    )

  test('list', () => expectConform('GET', root, () => call('GET', root, undefined), 200))
  test('get', () => expectConform('GET', one, () => call('GET', one, undefined), 200))
  test('get what is not there', () => expectConform('GET', one, () => call('GET', one, undefined, '0'.repeat(32)), 404))
  test('list with a wrong token', () =>
    expectConform(
      'GET',
      root,
      () => harness.call('GET', `/accounts/${accountId}/magic/ipsec_tunnels`, undefined, { token: 'x' }),
      403,
    ))

  test.each(operations)('$method $route: dry run, write and refusal', async ({ method, route, good, bad, badId }) => {
    await expectConform(method, route, () => call(method, `${route}?validate_only=true`, good), 200)
    const refuse = () => call(method, route, bad, badId ? '0'.repeat(32) : id)
    await expectConform(method, route, refuse, badId ? 404 : 400)
    await expectConform(method, route, () => call(method, route, good), 200)
  })
})

test.skipIf(!isThere)('the validator notices a wrong answer', async () => {
  const { body } = await createHarness().tunnels('POST', '', newTunnel)
  const validate = validator('POST', root, 200)
  expect(validate(body)).toBe(true)
  expect(validate({ ...body, result: { ...body.result, name: undefined } })).toBe(false)
  expect(validate({ ...body, result: { ...body.result, bgp: { customer_asn: '1' } } })).toBe(false)
  expect(validator('POST', root, 400)({ ...body, errors: [{ code: 1, message: 'x' }] })).toBe(false)
})
