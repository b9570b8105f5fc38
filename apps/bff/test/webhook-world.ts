import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StateChange, WebhookDelivery, WebhooksAnswer } from '@tunnel-console/shared/webhooks'
import { onTestFinished } from 'vitest'
import { createOutside } from '../node/outside.ts'
import { startClockedWorld } from './steps.ts'
import type { Person } from './world.ts'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A receiver on this machine that answers as it is told, 204 otherwise, and remembers what came. */
export async function startReceiver() {
  const received: Received[] = []
  const answers: { status: number; headers?: Record<string, string>; body?: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() })
    const { status, headers = {}, body } = answers.shift() ?? { status: 204 }
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/hook`, port, received, answers }
}

/** Sends to this machine alone. The schema takes https only, so a test that goes by HTTP stores the address itself. */
export const loopbackOnly = () =>
  createOutside({ isAllowed: (address) => address === '127.0.0.1', protocols: ['http:', 'https:'] })

export const secret = `whsec_${Buffer.from('canary-webhook-secret-0123456789').toString('base64')}`

export async function startWebhookWorld() {
  const clocked = await startClockedWorld()
  const world = {
    ...clocked,
    /** Lets time pass, and sends what is due by then. */
    async later(ms: number) {
      clocked.clock.advance(ms)
      await clocked.services.owner.webhooks.tick()
    },
  }
  world.deps.outside = loopbackOnly()
  const admin = await world.as('admin')
  return { world, admin, receiver: await startReceiver() }
}

export async function made(admin: Person, fields: object = {}) {
  const body = { url: 'https://alerts.example.com/in', states: ['down', 'up'], secret, ...fields }
  const answer = await admin.send('POST', '/api/webhooks', body)
  return { answer, ...((await answer.clone().json()) as { webhook: { id: string }; secret: string }) }
}

export async function listed(admin: Person) {
  return ((await (await admin.get('/api/webhooks')).json()) as WebhooksAnswer).webhooks
}

export async function deliveriesOf(admin: Person): Promise<WebhookDelivery[]> {
  return (await listed(admin)).flatMap(({ deliveries }) => deliveries)
}

export const wentDown = (name = 'paris-a', at = '2026-11-28T20:00:00.000Z'): StateChange => ({
  tunnel: { id: 'a'.repeat(32), name },
  from: 'up',
  to: 'down',
  reason: 'Health checks pass 0%',
  at,
})
