import type { ValidationAnswer, WrittenTunnel } from '@tunnel-console/shared/api'
import { diffDrafts } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { putBody, type TunnelPatch } from '@tunnel-console/shared/patch'
import { ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { audited, type Note } from '../audit/audited.ts'
import type { CloudflareClient, WireTunnel, Written } from '../cloudflare/client.ts'
import { isSameTunnel, writtenTunnel } from './answers.ts'
import type { TunnelServices, WriteContext } from './context.ts'
import { readForWrite } from './read-for-write.ts'
import { type Finding, sendOnce } from './settle.ts'
import { versionOf } from './version.ts'

const lost =
  'Cloudflare did not confirm the change and could not be asked again. Nothing is repeated by itself. Open the tunnel to see what is there.'

/**
 * Changes a tunnel: fresh read, version check, the person's changes laid over what is there, one PUT, and a read of the
 * result. A dry run does the same up to the PUT, which then only asks.
 */
export async function updateTunnel(
  services: TunnelServices,
  { actor, requestId, isDryRun }: WriteContext,
  id: string,
  version: string,
  patch: TunnelPatch,
): Promise<WrittenTunnel | ValidationAnswer> {
  const { client, source, withLock, deps } = services
  const intent = {
    actor,
    requestId,
    action: 'tunnel.update' as const,
    target: { id, name: source.nameOf(id) },
    validateOnly: isDryRun,
    changes: [],
  }
  return audited(services, intent, (note) =>
    withLock(`tunnel ${id}`, async () => {
      const { wire, tunnel } = await readForWrite(client, id, version)
      const body = putBody(wire, patch)
      const goal = draftOf(Tunnel.parse({ ...body, id }))
      refuseBgpWithoutAsn(goal)
      const changes = diffDrafts(draftOf(tunnel), goal)
      note({ changes, target: { id, name: tunnel.name } })
      if (isDryRun) {
        await client.updateTunnel(id, body, true)
        return { valid: true as const, checkedAt: deps.now().toISOString() }
      }
      if (changes.length === 0) return writtenTunnel(wire)

      const look = async (): Promise<Finding<Written>> => {
        const seen = await client.getTunnel(id)
        const now = Tunnel.parse(seen)
        if (isSameTunnel(draftOf(now), goal)) return { fate: 'applied', value: { wire: seen, ray: undefined } }
        return (await versionOf(now)) === version ? { fate: 'absent' } : { fate: 'other' }
      }
      const sent = await sendOnce(() => updateOnce(client, id, body), look, lost).catch((error: unknown) => {
        source.list.invalidate()
        throw error
      })
      const result = await readBack(client, id, { version, answered: sent.wire })
      source.put(Tunnel.parse(result))
      note({ ray: sent.ray })
      return compared(result, { before: draftOf(tunnel), goal }, note)
    }),
  )
}

/** The written tunnel, held against what was asked for. Cloudflare's yes is not enough: what it stored is what counts. */
async function compared(
  wire: WireTunnel,
  { before, goal }: { before: TunnelDraft; goal: TunnelDraft },
  note: (more: Note) => void,
): Promise<WrittenTunnel> {
  const answer = await writtenTunnel(wire)
  const stored = draftOf(answer.tunnel)
  const missing = diffDrafts(stored, goal)
  if (missing.length > 0 && isSameTunnel(stored, before)) {
    note({ changes: [] })
    throw ProblemError.of('not-applied', { detail: 'Cloudflare said yes, but the tunnel reads as it did before.' })
  }
  note({ changes: diffDrafts(before, stored) })
  return missing.length > 0 ? { ...answer, notApplied: missing.map(({ path }) => path) } : answer
}

async function updateOnce(client: CloudflareClient, id: string, body: unknown): Promise<Written> {
  const written = await client.updateTunnel(id, body, false)
  if (!written) throw new TypeError('A real update must answer with a tunnel')
  return written
}

/**
 * The tunnel as it stands now. Cloudflare's own answer to the write tells it when that cannot be read, and when a replica
 * that lags still shows the version from before the write.
 */
async function readBack(
  client: CloudflareClient,
  id: string,
  { version, answered }: { version: string; answered: WireTunnel },
): Promise<WireTunnel> {
  const seen = await client.getTunnel(id).catch(() => answered)
  return (await versionOf(Tunnel.parse(seen))) === version ? answered : seen
}

/** A patch may name one field of BGP alone; on a tunnel without BGP that makes half a session. */
function refuseBgpWithoutAsn({ bgp }: TunnelDraft): void {
  if (!bgp.enabled || bgp.customer_asn !== null) return
  const errors = [
    { pointer: '/bgp/customer_asn', detail: 'BGP needs the ASN of the device', source: 'console' as const },
  ]
  throw ProblemError.of('invalid', { errors })
}
