import { diffDrafts, type FieldChange } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { sameValue, valueAt } from '@tunnel-console/shared/field-values'
import { putBody } from '@tunnel-console/shared/patch'
import { ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { Ambiguous } from '../cloudflare/ambiguous.ts'
import type { CloudflareClient, WireTunnel } from '../cloudflare/client.ts'
import { isSameDraft, writtenTunnel } from './answers.ts'
import type { ChangeOf, Facts } from './change.ts'
import type { Done, Finding, Kind } from './kind.ts'
import { readForWrite } from './read-for-write.ts'
import { versionOf } from './version.ts'

type Update = ChangeOf<'update'>

/** Changes a tunnel: the person's changes laid over what is there this moment, one PUT, and a read of what was stored. */
export const updateTunnel: Kind<Update> = {
  action: 'tunnel.update',
  permission: 'tunnel.update',
  lock: ({ tunnelId }) => `tunnel ${tunnelId}`,

  async read(client, { tunnelId, version, patch }) {
    const { wire, tunnel } = await readForWrite(client, tunnelId, version)
    const body = putBody(wire, patch)
    const [before, goal] = [draftOf(tunnel), draftOf(Tunnel.parse({ ...body, id: tunnelId }))]
    refuseBgpWithoutAsn(goal)
    const changes = diffDrafts(before, goal)
    return {
      facts: { name: tunnel.name, tunnelId, before, version, goal, known: [] },
      seen: tunnel,
      target: { id: tunnelId, name: tunnel.name },
      changes,
      body,
      ...(changes.length === 0 && { already: wire }),
    }
  },

  async send(client, { tunnelId }, { body }, isDryRun) {
    return client.updateTunnel(tunnelId, body, isDryRun)
  },

  /**
   * Cloudflare's answer to the PUT tells what our change did; the read after it tells what is there now. What differs
   * between the two, somebody else did meanwhile.
   */
  async confirm(client, change, { facts, target }, yes): Promise<Done> {
    const { before, goal } = draftsOf(facts)
    const answered = yes.wire ?? { id: change.tunnelId }
    const seen = await readBack(client, change, answered)
    const [stored, now] = [draftOf(Tunnel.parse(answered)), draftOf(Tunnel.parse(seen))]
    if (isSameDraft(stored, before)) {
      const detail = 'Cloudflare said yes, but the tunnel reads as it did before.'
      throw new Ambiguous(ProblemError.of('upstream-unexpected', { detail }))
    }
    const answer = await writtenTunnel(seen)
    const missing = pathsOf(diffDrafts(before, goal)).filter((path) => !holds(now, goal, path))
    return {
      target,
      answer: missing.length > 0 ? { ...answer, notApplied: missing } : answer,
      ours: diffDrafts(before, stored),
      outside: diffDrafts(stored, now),
      tunnel: answer.tunnel,
      ray: yes.ray,
    }
  },

  /** Applied when every field that we changed holds our value; what else differs from our goal is somebody else's. */
  look(_change, facts, { tunnel, version }): Finding {
    const { before, goal } = draftsOf(facts)
    if (!tunnel) return { fate: 'moved' }
    const now = draftOf(tunnel)
    const ours = diffDrafts(before, goal)
    if (ours.every(({ path }) => holds(now, goal, path))) {
      return { fate: 'applied', ours, outside: diffDrafts(goal, now) }
    }
    // The same fields under another version may be our change, taken back by somebody: only the same version says "not yet".
    return version === facts.version ? { fate: 'waits' } : { fate: 'moved' }
  },

  lost: () => 'Cloudflare did not confirm the change. It may have happened, or may still.',
}

function draftsOf({ before, goal }: Facts): { before: TunnelDraft; goal: TunnelDraft } {
  if (!before || !goal) throw new TypeError('An update knows what was there and what should be')
  return { before, goal }
}

const pathsOf = (changes: readonly FieldChange[]) => changes.map(({ path }) => path)

function holds(now: TunnelDraft, goal: TunnelDraft, path: string): boolean {
  return sameValue(valueAt(now, path), valueAt(goal, path))
}

/** The tunnel as it stands now. Cloudflare's own answer tells it when it cannot be read, or when a replica that lags answers. */
async function readBack(client: CloudflareClient, change: Update, answered: WireTunnel): Promise<WireTunnel> {
  const seen = await client.getTunnel(change.tunnelId).catch(() => answered)
  return (await versionOf(Tunnel.parse(seen))) === change.version ? answered : seen
}

/** A patch may name one field of BGP alone; on a tunnel without BGP that makes half a session. */
function refuseBgpWithoutAsn({ bgp }: TunnelDraft): void {
  if (!bgp.enabled || bgp.customer_asn !== null) return
  const errors = [
    { pointer: '/bgp/customer_asn', detail: 'BGP needs the ASN of the device', source: 'console' as const },
  ]
  throw ProblemError.of('invalid', { errors })
}
