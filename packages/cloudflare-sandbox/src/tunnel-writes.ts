import type { Json } from './body.ts'
import { isObject, malformed, shapeErrors } from './body.ts'
import { type CheckContext, checkTunnel } from './checks.ts'
import type { Deps } from './context.ts'
import { type ApiError, ourCodes, refuseIfAny, ruleBroken, tunnelNotFound } from './errors.ts'
import { toHex } from './hash.ts'
import { digestKey } from './keys.ts'
import { mergeTunnel } from './merge.ts'
import type { StoredTunnel } from './state.ts'
import { switches } from './switches.ts'

export interface WriteOptions {
  objectTargets: boolean
  validateOnly: boolean
  /** Called once something has changed. */
  committed: () => void
}

/** A tunnel after a change, with the digest of the key that came along. */
interface Change {
  tunnel: StoredTunnel
  digest: string | null
}

export function findTunnel(deps: Deps, id: string): StoredTunnel {
  const tunnel = deps.store.current.tunnels.find((candidate) => candidate.id === id)
  if (!tunnel) throw tunnelNotFound()
  return tunnel
}

export async function createTunnel(deps: Deps, body: Json, options: WriteOptions): Promise<StoredTunnel> {
  refuseIfAny(shapeErrors(body, 'creating IPsec Tunnel', options.objectTargets))
  const digest = await digestOf(body)
  const now = deps.now().toISOString()
  const tunnel = withKey(mergeTunnel(blankTunnel(toHex(deps.random(16)), now), body), digest, now)
  check(deps, tunnel, deps.store.current.tunnels, body, '')
  if (!options.validateOnly) {
    commit(deps, [...deps.store.current.tunnels, tunnel], [{ tunnel, digest }], options)
  }
  return tunnel
}

export async function updateTunnel(deps: Deps, id: string, body: Json, options: WriteOptions): Promise<StoredTunnel> {
  findTunnel(deps, id)
  refuseIfAny(shapeErrors(body, 'updating IPsec Tunnel', options.objectTargets))
  const [tunnel] = await applyUpdates(deps, [{ id, body, base: '' }], options)
  if (!tunnel) throw tunnelNotFound()
  return tunnel
}

/** All or nothing: the rules are checked against the account as it would be after the whole batch. */
export async function updateTunnels(deps: Deps, entries: Json[], options: WriteOptions): Promise<StoredTunnel[]> {
  const doing = 'updating IPsec Tunnels'
  const updates = entries.map((body, index) => ({ id: body['id'], body, base: `/ipsec_tunnels/${index}` }))
  const errors = updates.flatMap(({ id, body, base }, index) => [
    ...(typeof id === 'string' ? [] : [malformed(doing, 'field "id" must be a string', `${base}/id`)]),
    ...(updates.findIndex((other) => other.id === id) < index
      ? [ruleBroken(ourCodes.duplicateId, `${base}/id`, `tunnel ${String(id)} appears twice`)]
      : []),
    ...shapeErrors(body, doing, options.objectTargets, base),
  ])
  refuseIfAny(errors)
  return applyUpdates(
    deps,
    updates.map((update) => ({ ...update, id: String(update.id) })),
    options,
  )
}

interface Update {
  id: string
  body: Json
  base: string
}

async function applyUpdates(deps: Deps, updates: Update[], options: WriteOptions): Promise<StoredTunnel[]> {
  const digests = await Promise.all(updates.map(({ body }) => digestOf(body)))
  // From here to the commit nothing awaits, so no other request comes between the reading and the writing.
  const now = deps.now().toISOString()
  const changes = updates.map(({ id, body }, index) => {
    const digest = digests[index] ?? null
    return { tunnel: changedTunnel(findTunnel(deps, id), body, digest, now), digest }
  })
  const changed = new Map(changes.map(({ tunnel }) => [tunnel.id, tunnel]))
  const after = deps.store.current.tunnels.map((tunnel) => changed.get(tunnel.id) ?? tunnel)
  refuseIfAny(
    updates.flatMap(({ id, body, base }) => {
      const tunnel = changed.get(id)
      return tunnel ? problems(deps, tunnel, after, body, base) : []
    }),
  )
  if (!options.validateOnly) commit(deps, after, changes, options)
  return changes.map(({ tunnel }) => tunnel)
}

/** Routes that point at the tunnel stay: whether Cloudflare refuses, cascades or orphans is not known. */
export function deleteTunnel(deps: Deps, id: string, options: WriteOptions): StoredTunnel {
  const tunnel = findTunnel(deps, id)
  if (!options.validateOnly) {
    deps.store.commit(deps.store.current.tunnels.filter((other) => other !== tunnel))
    deps.keys.delete(id)
    options.committed()
  }
  return tunnel
}

/** Also what an outside writer does: merged, dated, and with the story of a new BGP session or name. */
export function changedTunnel(before: StoredTunnel, body: Json, digest: string | null, now: string): StoredTunnel {
  const merged = mergeTunnel(before, body)
  const story = {
    ...merged.story,
    ...(merged.bgp && !before.bgp ? { bgp: 'up' as const, bgpOn: now } : {}),
    ...(merged.name === before.name ? {} : { namedOn: now }),
  }
  return withKey({ ...merged, story, modified_on: now }, digest, now)
}

/** A key that a user sets does not move the date of one that is there (Cloudflare's samples), but it begins one. */
function withKey(tunnel: StoredTunnel, digest: string | null, now: string): StoredTunnel {
  if (digest === null || tunnel.psk_metadata.last_generated_on !== undefined) return tunnel
  return keyedTunnel(tunnel, now)
}

export function keyedTunnel(tunnel: StoredTunnel, now: string): StoredTunnel {
  const story = { ...tunnel.story, keyedOn: tunnel.story.keyedOn ?? now }
  return { ...tunnel, story, psk_metadata: { last_generated_on: now } }
}

function check(deps: Deps, tunnel: StoredTunnel, after: readonly StoredTunnel[], body: Json, base: string): void {
  refuseIfAny(problems(deps, tunnel, after, body, base))
}

function problems(
  deps: Deps,
  tunnel: StoredTunnel,
  after: readonly StoredTunnel[],
  body: Json,
  base: string,
): ApiError[] {
  const context: CheckContext = {
    state: deps.store.current,
    others: after.filter((other) => other.id !== tunnel.id),
    accountNumber: deps.accountNumber,
    base,
  }
  const emptyKey = body['psk'] === '' ? [ruleBroken(ourCodes.emptyPsk, `${base}/psk`, 'psk must not be empty')] : []
  const bgp = body['bgp']
  const asnMissing = isObject(bgp) && tunnel.bgp?.customer_asn === 0 && bgp['customer_asn'] === undefined
  const missing = ruleBroken(ourCodes.missingField, `${base}/bgp/customer_asn`, 'bgp.customer_asn is required')
  const broken = checkTunnel(tunnel, context)
  return [...(asnMissing ? broken.map((e) => (e.code === ourCodes.badAsn ? missing : e)) : broken), ...emptyKey]
}

function commit(deps: Deps, tunnels: StoredTunnel[], changes: Change[], options: WriteOptions): void {
  for (const { tunnel, digest } of changes) if (digest !== null) deps.keys.set(tunnel.id, digest)
  deps.store.commit(tunnels)
  options.committed()
}

async function digestOf(body: Json): Promise<string | null> {
  return typeof body['psk'] === 'string' && body['psk'] !== '' ? digestKey(body['psk']) : null
}

function blankTunnel(id: string, now: string): StoredTunnel {
  return {
    id,
    name: '',
    description: '',
    cloudflare_endpoint: '',
    customer_endpoint: '',
    interface_address: '',
    interface_address6: '',
    ...switches,
    health_check: { enabled: true, rate: 'mid', type: 'reply', direction: 'unidirectional', target: '' },
    bgp: null,
    fqdn_id: '',
    created_on: now,
    modified_on: now,
    psk_metadata: {},
    story: { health: 'new', bgp: 'up', since: now, region: 'eu', bgpOn: now },
  }
}
