import type { Reply } from '../console/send.ts'
import { countIn } from '../history.ts'
import { ask, attempt, type Crew, pursue, type Resend, wish } from './crew.ts'

/** Reads a counter, and writes the next number if nobody else has written meanwhile. */
export async function increment(crew: Crew): Promise<void> {
  const counter = crew.random.pick(crew.counters as [Crew['counters'][number], ...Crew['counters']])
  const found = await read(crew, counter.id)
  if (!found) return
  const next = countIn(found.description) + 1
  const op = wish(crew, 'increment', { tunnelId: counter.id })
  op.description = counter.isPlain ? String(next) : `${next} ${op.id}`
  const { key, description } = op
  const resend: Resend = (timeoutMs) =>
    crew.person.write('PUT', `/api/tunnels/${counter.id}`, {
      key,
      version: found.version,
      body: { description },
      ...patience(timeoutMs),
    })
  await pursue(crew, op, resend, await attempt(crew, op, resend))
}

/** Creates a tunnel of a name that nobody else uses, at times with a double click. Now and then tries a name that is taken. */
export async function create(crew: Crew): Promise<void> {
  const { random, own } = crew
  const twin = random.chance(0.1) ? own.find(({ body }) => body !== null)?.body : undefined
  const body = twin ?? newTunnel(crew, `${crew.name}-tunnel-${crew.ops.length}`)
  const op = wish(crew, 'create', { name: String(body['name']) })
  const resend: Resend = (timeoutMs) =>
    crew.person.write('POST', '/api/tunnels', { key: op.key, body, ...patience(timeoutMs) })
  const clicks = Array.from({ length: random.weighted({ 1: 6, 2: 2, 3: 1 }) === '1' ? 1 : random.int(2, 3) })
  const answers = await Promise.all(clicks.map(() => attempt(crew, op, resend)))
  const first = answers.find(({ claim }) => claim === 'applied') ?? answers[0]
  if (!first) return
  const last = await pursue(crew, op, resend, first)
  op.tunnelId = op.attempts.find(({ told }) => told.tunnelId !== undefined)?.told.tunnelId ?? null
  if (last.claim === 'applied' && op.tunnelId !== null && !twin) own.push({ id: op.tunnelId, body })
}

/** Deletes a tunnel that this client created. */
export async function remove(crew: Crew): Promise<void> {
  const index = crew.own.findIndex(({ body }) => body !== null)
  const mine = crew.own[index]
  const found = mine && (await read(crew, mine.id))
  if (!found) return
  crew.own.splice(index, 1)
  const op = wish(crew, 'delete', { tunnelId: mine.id })
  const { key } = op
  const resend: Resend = (timeoutMs) =>
    crew.person.write('DELETE', `/api/tunnels/${mine.id}`, { key, version: found.version, ...patience(timeoutMs) })
  await pursue(crew, op, resend, await attempt(crew, op, resend))
}

/** Has a key made for one of the client's own tunnels, each in its turn. */
export async function makeKey(crew: Crew): Promise<void> {
  const pressed = crew.ops.filter(({ kind }) => kind === 'psk').length
  const tunnel = crew.own[pressed % crew.own.length]
  if (!tunnel) return
  const op = wish(crew, 'psk', { tunnelId: tunnel.id })
  const resend: Resend = (timeoutMs) =>
    crew.person.write('POST', `/api/tunnels/${tunnel.id}/psk_generate`, { key: op.key, ...patience(timeoutMs) })
  await pursue(crew, op, resend, await attempt(crew, op, resend))
}

/** Asks whether a change would be accepted. Nothing may come of it. */
export async function dryRun(crew: Crew): Promise<void> {
  const { random, person } = crew
  const [tunnel] = crew.own
  const kind = tunnel ? random.pick(['create', 'update', 'delete', 'psk']) : 'create'
  const found = kind === 'create' || !tunnel ? null : await read(crew, tunnel.id)
  if (kind !== 'create' && !found) return
  const name = `${crew.name}-dry-${crew.ops.length}`
  const op = wish(crew, 'dry-run', { tunnelId: tunnel?.id ?? null, name, description: name })
  const at = `/api/tunnels/${tunnel?.id}`
  const write = { key: op.key, ...(found && { version: found.version }) }
  const dry = '?validate_only=true'
  const runs: Record<typeof kind, () => Promise<Reply | null>> = {
    create: () => person.write('POST', `/api/tunnels${dry}`, { key: op.key, body: newTunnel(crew, name) }),
    update: () => person.write('PUT', `${at}${dry}`, { ...write, body: { description: name } }),
    delete: () => person.write('DELETE', `${at}${dry}`, write),
    psk: () => person.write('POST', `${at}/psk_generate${dry}`, { key: op.key }),
  }
  await attempt(crew, op, runs[kind])
}

/** Sends an old request again, word for word, as a browser does that comes back from sleep; or asks for it again. */
export async function replay(crew: Crew): Promise<void> {
  const all = [...crew.again]
  const old = all[crew.random.int(0, Math.max(0, all.length - 1))]
  if (!old) return
  const [op, resend] = old
  const isRefused = op.attempts.some(({ claim }) => claim === 'not-applied')
  if (isRefused || crew.random.chance(0.4)) await ask(crew, op)
  else await attempt(crew, op, resend)
}

/** Looks at the list as the page does: again and again, with the ETag of the last time. */
export function createPolling(crew: Crew): () => Promise<void> {
  let etag = ''
  return async () => {
    const at = Date.now()
    const start = performance.now()
    const reply = await crew.person.request('/api/tunnels', { headers: etag ? { 'if-none-match': etag } : {} })
    const ms = Math.round(performance.now() - start)
    etag = reply?.headers.etag ?? etag
    const tunnels = reply?.json?.['tunnels']
    crew.polls.push({
      at,
      ms,
      status: reply?.status ?? 0,
      tunnels: Array.isArray(tunnels) ? tunnels.length : null,
      really: crew.really(),
    })
  }
}

async function read({ person }: Crew, id: string): Promise<{ version: string; description: string } | null> {
  const reply = await person.request(`/api/tunnels/${id}`, { timeoutMs: 30_000 })
  const { tunnel, version } = (reply?.status === 200 ? reply.json : null) ?? {}
  if (typeof version !== 'string') return null
  return { version, description: String((tunnel as { description?: unknown }).description ?? '') }
}

function newTunnel({ name: crewName, random, ops, md5Keys }: Crew, name: string): Record<string, unknown> {
  const third = `${100 + Number(crewName.slice(1))}.${Math.floor(ops.length / 128)}`
  const md5Key = random.text(24)
  if (random.chance(0.6)) md5Keys.add(md5Key)
  return {
    name,
    description: `made by ${crewName}`,
    cloudflare_endpoint: '162.159.64.1',
    customer_endpoint: '203.0.113.9',
    interface_address: `10.${third}.${(ops.length % 128) * 2}/31`,
    health_check: { enabled: true, rate: 'mid', type: 'request', direction: 'bidirectional' },
    ...(md5Keys.has(md5Key) && { bgp: { customer_asn: 65010, md5_key: md5Key } }),
  }
}

function patience(timeoutMs: number | undefined) {
  return timeoutMs === undefined ? {} : { timeoutMs }
}
