import { createHash } from 'node:crypto'
import type { Random } from '../random.ts'
import { fresh, type Json, merged, type Wire } from './tunnel.ts'

/** Cloudflare's no: the status and the one error of its envelope. */
export interface Refusal {
  status: number
  code: number
  message: string
}

/** What a write did, or why Cloudflare's own rules refuse it. */
export type Commit =
  | { ok: true; before: Wire | null; after: Wire | null; psk: string | null }
  | { ok: false; refusal: Refusal }

export type Write =
  | { kind: 'create'; body: Json }
  | { kind: 'update'; id: string; body: Json }
  | { kind: 'delete'; id: string }
  | { kind: 'psk'; id: string }

export const notFound: Refusal = { status: 404, code: 1032, message: 'IPsec tunnel not found' }

export type Store = ReturnType<typeof createStore>

/** The account: its tunnels, and what readers are shown of them while reads lag behind. */
export function createStore(random: Random, now: () => number = Date.now) {
  const tunnels = new Map<string, Wire>()
  const shadows = new Map<string, { tunnel: Wire | null; until: number }>()

  function refusalOf(write: Write): Refusal | null {
    if (write.kind !== 'create' && !tunnels.has(write.id)) return notFound
    if (write.kind === 'create' || write.kind === 'update') return badBody(write, [...tunnels.values()])
    return null
  }

  function set(id: string, after: Wire | null): Commit {
    const before = tunnels.get(id) ?? null
    if (after) tunnels.set(id, after)
    else tunnels.delete(id)
    return { ok: true, before, after, psk: null }
  }

  function shown(id: string): Wire | null {
    const shadow = shadows.get(id)
    return shadow && shadow.until > now() ? shadow.tunnel : (tunnels.get(id) ?? null)
  }

  return {
    /** What would come of a write, without doing it. */
    refusalOf,

    commit(write: Write): Commit {
      const refusal = refusalOf(write)
      if (refusal) return { ok: false, refusal }
      const at = new Date(now())
      if (write.kind === 'create') {
        const id = random.hex(32)
        return set(id, fresh(id, write.body, at))
      }
      const tunnel = tunnels.get(write.id)
      if (!tunnel) return { ok: false, refusal: notFound }
      if (write.kind === 'update') return set(write.id, merged(tunnel, write.body, at))
      if (write.kind === 'delete') return set(write.id, null)
      const psk = random.text(43)
      const rotated = { ...tunnel, psk_metadata: { last_generated_on: at.toISOString() } }
      tunnels.set(write.id, rotated)
      return { ok: true, before: tunnel, after: rotated, psk }
    },

    /** As it really is. */
    get: (id: string) => tunnels.get(id) ?? null,
    all: () => [...tunnels.values()],

    /** Reads go on showing this for a while, as a replica that lags would. The oldest view of a tunnel wins. */
    shadow(id: string, tunnel: Wire | null, forMs: number): void {
      const known = shadows.get(id)
      if (known && known.until > now()) return
      shadows.set(id, { tunnel, until: now() + forMs })
    },

    /** As a reader is shown it. */
    shown,
    allShown: () => [...new Set([...tunnels.keys(), ...shadows.keys()])].flatMap((id) => shown(id) ?? []),
  }
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

const required = ['name', 'cloudflare_endpoint', 'interface_address']

function badBody(write: Extract<Write, { body: Json }>, all: readonly Wire[]): Refusal | null {
  const { body } = write
  const nulled = Object.entries(body).find(([key, value]) => value === null && key !== 'bgp')
  if (nulled) return invalid(`type "string" is not permitted to be null: ${nulled[0]}`)
  const missing = write.kind === 'create' ? required.find((key) => typeof body[key] !== 'string') : undefined
  if (missing !== undefined) return invalid(`${missing} is required`)
  const id = write.kind === 'update' ? write.id : null
  const isTaken = all.some((tunnel) => tunnel.name === body['name'] && tunnel.id !== id)
  return isTaken ? { status: 400, code: 1104, message: `The name ${String(body['name'])} is taken` } : null
}

function invalid(why: string): Refusal {
  return { status: 400, code: 1022, message: `Invalid Request: error parsing request body: ${why}` }
}
