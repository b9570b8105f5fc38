import type { RouteScope, StaticRoute } from '@tunnel-console/shared/api'
import { ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { z } from 'zod'
import type { Upstream } from '../deps.ts'
import { inSlices } from '../readings/slices.ts'
import { Ambiguous } from './ambiguous.ts'
import { createAnalytics } from './analytics.ts'
import type { Call, Reply } from './envelope.ts'
import { type HealthSamples, healthAsk, scoresOf, windowMs } from './health.ts'
import { type GeneratedPsk, readKeyResult } from './key-result.ts'
import { leasesIn, networksIn } from './networks.ts'
import { createTransport, type TransportOptions } from './transport.ts'

/** A tunnel exactly as Cloudflare sent it, unknown fields included. */
export type WireTunnel = Record<string, unknown> & { id: string }

export interface TunnelList {
  tunnels: Tunnel[]
  /** Entries without an id that can be acted on. */
  unreadable: number
}

export interface Written {
  wire: WireTunnel
  ray: string | undefined
}

const WireTunnel = z.looseObject({ id: z.string().refine(isTunnelId) })
const Names = z.array(z.string()).catch([])
/** Two empty lists limit nothing. What is no scope at all counts as none, as ever: a reading must not fail by it. */
const WireScope = z
  .object({ colo_names: Names, colo_regions: Names })
  .transform((scope): RouteScope | null => (scope.colo_names.length + scope.colo_regions.length > 0 ? scope : null))
  .catch(null)
const WireRoute = z.object({
  id: z.string().catch(''),
  prefix: z.string().catch(''),
  nexthop: z.string().catch(''),
  priority: z.number().nullable().catch(null),
  weight: z.number().nullable().catch(null),
  description: z.string().catch(''),
  scope: WireScope,
})
const Modified = z.object({ modified: z.boolean().optional(), modified_ipsec_tunnels: z.array(z.unknown()).catch([]) })
const Psk = z.object({
  psk: z.string().min(1),
  ipsec_id: z.string().optional().catch(undefined),
  psk_metadata: z.object({ last_generated_on: z.string().nullable().catch(null) }).catch({ last_generated_on: null }),
})

export type CloudflareClient = ReturnType<typeof createCloudflareClient>

/** The only code that speaks to Cloudflare. Every method is one operation; see `transport.ts` for what a failure means. */
export function createCloudflareClient(upstream: Upstream, options: TransportOptions) {
  const { send, budget, probe, isOneToken } = createTransport(upstream, options)
  const read = (operation: Call['operation']) => send({ operation, method: 'GET', isWrite: false })
  const write = (call: Omit<Call, 'isWrite'>) => send({ ...call, isWrite: true })

  const analytics = createAnalytics(upstream.accountId, (body, about) =>
    send({ operation: { kind: 'graphql' }, method: 'POST', isWrite: false, body, ...about }),
  )

  let lastTunnels: Tunnel[] = []
  const readBefore = new WeakMap<object, Tunnel | null>()

  function readTunnel(entry: unknown): Tunnel | null {
    if (typeof entry !== 'object' || entry === null) return null
    const known = readBefore.get(entry)
    if (known !== undefined) return known
    const tunnel = Tunnel.safeParse(entry).data ?? null
    readBefore.set(entry, tunnel)
    return tunnel
  }

  async function listed(): Promise<unknown[]> {
    const { result } = await read({ kind: 'tunnels' })
    const list = z.object({ ipsec_tunnels: z.array(z.unknown()) }).safeParse(result)
    if (!list.success) throw unexpected('The list of tunnels is missing')
    return list.data.ipsec_tunnels
  }

  return {
    /** What Cloudflare's rate limit still allows, or `null` while that is not known (U7). */
    budget,
    /** One question about the connection itself, and all that its answer tells. */
    probe,
    isOneToken,

    /** In a long list, tunnels that are what they were are the same objects, and so is the list of them. */
    async listTunnels(): Promise<TunnelList> {
      const parsed = await inSlices(await listed(), readTunnel)
      const tunnels = parsed.filter((tunnel) => tunnel !== null)
      if (!hasSame(tunnels, lastTunnels)) lastTunnels = tunnels
      return { tunnels: lastTunnels, unreadable: parsed.length - tunnels.length }
    },

    /** Every tunnel as Cloudflare sent it: one request where many would be. */
    async listWires(): Promise<WireTunnel[]> {
      return (await listed()).flatMap((entry) => WireTunnel.safeParse(entry).data ?? [])
    },

    async getTunnel(id: string): Promise<WireTunnel> {
      const { result } = await read({ kind: 'tunnel', id })
      const wire = tunnelIn(result, 'ipsec_tunnel')
      if (wire?.id !== id) throw unexpected('The tunnel is missing from the answer')
      return wire
    },

    async createTunnel(body: unknown, isDryRun: boolean): Promise<Written | null> {
      const reply = await write({ operation: { kind: 'tunnels' }, method: 'POST', body, isDryRun })
      if (isDryRun) return null
      const many = z.object({ ipsec_tunnels: z.tuple([z.unknown()]).rest(z.unknown()) }).safeParse(reply.result)
      return written(many.success ? many.data.ipsec_tunnels[0] : reply.result, reply)
    },

    async updateTunnel(id: string, body: unknown, isDryRun: boolean): Promise<Written | null> {
      const reply = await write({ operation: { kind: 'tunnel', id }, method: 'PUT', body, isDryRun })
      if (isDryRun) return null
      const answer = z.object({ modified: z.boolean().optional() }).safeParse(reply.result)
      if (answer.data?.modified === false) throw new Ambiguous(unexpected('Cloudflare says that nothing was modified'))
      return written((reply.result as { modified_ipsec_tunnel?: unknown } | null)?.modified_ipsec_tunnel, reply)
    },

    /** Cloudflare's own way to change many at once: one request. Gives the tunnels that the answer brings. */
    async updateTunnels(bodies: readonly unknown[]): Promise<{ wires: WireTunnel[]; ray: string | undefined }> {
      const body = { ipsec_tunnels: bodies }
      const reply = await write({ operation: { kind: 'tunnels' }, method: 'PUT', body })
      const answer = Modified.safeParse(reply.result)
      if (answer.data?.modified === false) throw new Ambiguous(unexpected('Cloudflare says that nothing was modified'))
      const wires = answer.data?.modified_ipsec_tunnels.flatMap((entry) => WireTunnel.safeParse(entry).data ?? [])
      return { wires: wires ?? [], ray: reply.ray }
    },

    async deleteTunnel(id: string, isDryRun: boolean): Promise<{ ray: string | undefined }> {
      const reply = await write({ operation: { kind: 'tunnel', id }, method: 'DELETE', isDryRun })
      const answer = z.object({ deleted: z.boolean() }).safeParse(reply.result)
      if (!isDryRun && answer.data?.deleted !== true) throw new Ambiguous(unexpected('The deletion was not confirmed'))
      return { ray: reply.ray }
    },

    /** Rotates the key at once. A dry run gives `null`, whatever the answer holds: no key may come out of it. */
    async generatePsk(id: string, isDryRun: boolean): Promise<GeneratedPsk | null> {
      const reply = await write({ operation: { kind: 'pskGenerate', id }, method: 'POST', body: {}, isDryRun })
      if (isDryRun) return null
      const answer = Psk.safeParse(reply.result)
      if (!answer.success) throw new Ambiguous(unexpected('The key is missing from the answer'))
      const { psk, ipsec_id, psk_metadata } = answer.data
      return { psk, ipsecId: ipsec_id, lastGeneratedOn: psk_metadata.last_generated_on }
    },

    /** Sets a key that we know: the same one again does no harm. A dry run gives `null`. */
    async setPsk(id: string, psk: string, isDryRun: boolean): Promise<GeneratedPsk | null> {
      const body = { psks: [{ id, psk }] }
      const reply = await write({ operation: { kind: 'psks' }, method: 'POST', body, isDryRun })
      return readKeyResult(reply, { id, psk, isDryRun })
    },

    async listRoutes(): Promise<StaticRoute[]> {
      const { result } = await read({ kind: 'routes' })
      const list = z.object({ routes: z.array(WireRoute) }).safeParse(result)
      if (!list.success) throw unexpected('The list of routes is missing')
      return list.data.routes
    },

    listGreTunnels: async () => networksIn(await read({ kind: 'gre' }), 'gre_tunnels'),
    listInterconnects: async () => networksIn(await read({ kind: 'interconnects' }), 'interconnects'),
    listLeases: async () => leasesIn(await read({ kind: 'leases' })),

    async accountName(): Promise<string> {
      const { result } = await read({ kind: 'account' })
      return z.object({ name: z.string().min(1) }).safeParse(result).data?.name ?? upstream.accountId
    },

    /** Rows of analytics, whole however many they are. */
    analytics,

    /** The mean health of every tunnel over the five minutes before `now`, by tunnel name. */
    async health(now: Date): Promise<HealthSamples> {
      const scores = scoresOf(await analytics(healthAsk(now), 'poll'))
      const [at, since] = [now.toISOString(), now.getTime() - windowMs]
      const readingOf = (score: number) => ({ sample: { score, at }, recent: null, affected: null, since })
      return new Map([...scores].map(([name, score]) => [name, readingOf(score)]))
    },
  }
}

const hasSame = (one: readonly unknown[], other: readonly unknown[]) =>
  one.length === other.length && one.every((entry, place) => entry === other[place])

function tunnelIn(result: unknown, key: string): WireTunnel | null {
  const wrapped = z.object({ [key]: WireTunnel }).safeParse(result)
  return (wrapped.success ? (wrapped.data[key] as WireTunnel | undefined) : WireTunnel.safeParse(result).data) ?? null
}

function written(candidate: unknown, reply: Reply): Written {
  const wire = WireTunnel.safeParse(candidate)
  if (!wire.success) throw new Ambiguous(unexpected('The written tunnel is missing from the answer'))
  return { wire: wire.data, ray: reply.ray }
}

function unexpected(detail: string): ProblemError {
  return ProblemError.of('upstream-unexpected', { detail })
}
