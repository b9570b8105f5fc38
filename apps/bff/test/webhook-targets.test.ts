import { expect, test } from 'vitest'
import { createOutside } from '../node/outside.ts'
import { attempt } from '../src/webhooks/attempt.ts'
import { problemIn } from './steps.ts'
import { made, secret, startReceiver, startWebhookWorld } from './webhook-world.ts'

const inside = 'This leads to a machine inside a network, not to one on the internet'
const sent = (url: string, outside = createOutside()) =>
  attempt({ id: 'msg_1', url, secret, body: '{}' }, { outside, now: () => new Date() })

const addresses = [
  ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0', '10.0.0.1', '192.168.1.1', '172.16.0.1', '100.64.0.1'],
  ...['169.254.169.254', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[fe80::1]', '[fd00:ec2::254]', '[64:ff9b::7f00:1]'],
  ...['localhost', 'localhost.', 'db.internal', 'printer.local'],
]

test.each(addresses)('SSRF: https://%s is refused as it is typed, and when a message would go there', async (host) => {
  const { world, admin } = await startWebhookWorld()
  world.deps.outside = createOutside()
  const { answer } = await made(admin, { url: `https://${host}/` })
  expect([answer.status, (await problemIn(answer)).errors]).toEqual([
    422,
    [{ pointer: '/url', detail: inside, source: 'console' }],
  ])
  expect(await sent(`https://${host}/`)).toEqual({ status: null, problem: inside })
})

/** Looks names up like the system does, and says what it is told. */
function namesLeadTo(...addresses: string[]) {
  const asked: string[] = []
  const lookUp: Parameters<typeof createOutside>[0] = {
    lookUp: (name, _options, tell) => {
      asked.push(name)
      tell(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    },
  }
  return { ...lookUp, asked }
}

test.each([[['127.0.0.1']], [['169.254.169.254']], [['1.1.1.1', '10.0.0.1']], [['::ffff:127.0.0.1']], [[]]])(
  'SSRF: a name that leads to %j is refused when it is connected to, whatever it is called',
  async (addresses) => {
    const receiver = await startReceiver()
    const { asked, ...options } = namesLeadTo(...addresses)
    const outside = createOutside({ ...options, protocols: ['http:'] })
    expect(await sent(`http://alerts.example.com:${receiver.port}/`, outside)).toEqual({
      status: null,
      problem: inside,
    })
    expect([asked, receiver.received]).toEqual([['alerts.example.com'], []])
  },
)

test('SSRF: the addresses that were checked are the ones that are connected to: a name is looked up once', async () => {
  const receiver = await startReceiver()
  const { asked, ...options } = namesLeadTo('127.0.0.1')
  const isAllowed = (address: string) => address === '127.0.0.1'
  const outside = createOutside({ ...options, isAllowed, protocols: ['http:'] })
  expect(await sent(`http://alerts.example.com:${receiver.port}/`, outside)).toEqual({ status: 204, problem: null })
  expect([asked, receiver.received.length]).toEqual([['alerts.example.com'], 1])
})

test('SSRF: plain HTTP is never used, though the address were public', async () => {
  expect(await sent('http://1.1.1.1/')).toEqual({ status: null, problem: inside })
})

test('a redirect is not followed, and is told', async () => {
  const { receiver, world } = await startWebhookWorld()
  receiver.answers.push({ status: 302, headers: { location: `${receiver.url}/elsewhere` } })
  expect(await sent(receiver.url, world.deps.outside)).toEqual({
    status: 302,
    problem: 'It answered 302: redirects are not followed. Enter the address it leads to',
  })
  expect(receiver.received.map(({ path }) => path)).toEqual(['/hook'])
})

test('a long answer is not read to its end', async () => {
  const { receiver, world } = await startWebhookWorld()
  receiver.answers.push({ status: 200, body: 'x'.repeat(5_000_000) })
  expect(await sent(receiver.url, world.deps.outside)).toEqual({ status: 200, problem: null })
})

test('nothing of ours goes along but what a webhook needs', async () => {
  const { receiver, world } = await startWebhookWorld()
  await sent(receiver.url, world.deps.outside)
  expect(Object.keys(receiver.received[0]?.headers ?? {}).toSorted()).toEqual([
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
    'webhook-id',
    'webhook-signature',
    'webhook-timestamp',
  ])
})

test('an address where nobody answers is told in words', async () => {
  const { world } = await startWebhookWorld()
  expect(await sent('http://127.0.0.1:9/', world.deps.outside)).toEqual({
    status: null,
    problem: 'Nothing takes connections there',
  })
})
