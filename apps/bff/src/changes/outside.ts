import type { AuditEntry } from '@tunnel-console/shared/audit'
import { outsideActor } from '@tunnel-console/shared/audit'
import { diffDrafts, type FieldChange } from '@tunnel-console/shared/diff'
import { draftOf } from '@tunnel-console/shared/draft'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { AuditStore } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import type { Facts } from './change.ts'

/** What Cloudflare calls the date of a key; no field of a draft, since nobody can write it. */
const keyDate = { path: 'psk_metadata.last_generated_on', label: 'Pre-shared key generated' }

export type OutsideLog = ReturnType<typeof createOutsideLog>

type Target = NonNullable<AuditEntry['target']>

/** Audit lines for what was changed past this console: Cloudflare's dashboard, Terraform, a script. */
export function createOutsideLog(audit: AuditStore, { log }: Pick<Deps, 'log'>) {
  async function record(action: OutsideAction, target: Target, changes: FieldChange[]): Promise<void> {
    const entry = { actor: outsideActor, action, target, outcome: 'applied' as const, requestId: 'outside', changes }
    await audit.record(entry).catch(() => log({ level: 'error', event: 'audit.unrecorded', action }))
  }

  return {
    changed: (target: Target, changes: FieldChange[]) => record('tunnel.changedOutside', target, changes),

    /** A line for everything that differs between two readings and that none of our changes explains. */
    async compared(
      before: readonly Tunnel[],
      after: readonly Tunnel[],
      ours: readonly Pick<Facts, 'tunnelId' | 'name'>[],
    ): Promise<void> {
      const isOurs = ({ id, name }: Tunnel) =>
        ours.some((facts) => (facts.tunnelId === null ? facts.name === name : facts.tunnelId === id))
      const [was, is] = [byId(before), byId(after)]
      for (const tunnel of after) {
        const former = was.get(tunnel.id)
        if ((former && isUntouched(former, tunnel)) || isOurs(tunnel)) continue
        const target = { id: tunnel.id, name: tunnel.name }
        const changes = former ? differences(former, tunnel) : []
        if (!former) await record('tunnel.createdOutside', target, [])
        else if (changes.length > 0) await record('tunnel.changedOutside', target, changes)
      }
      for (const tunnel of before) {
        if (is.has(tunnel.id) || isOurs(tunnel)) continue
        await record('tunnel.deletedOutside', { id: tunnel.id, name: tunnel.name }, [])
      }
    },
  }
}

type OutsideAction = 'tunnel.createdOutside' | 'tunnel.changedOutside' | 'tunnel.deletedOutside'

const byId = (tunnels: readonly Tunnel[]) => new Map(tunnels.map((tunnel) => [tunnel.id, tunnel]))

/** Cheap, for lists of ten thousand that hardly ever change: Cloudflare moves these two with every change. */
function isUntouched(a: Tunnel, b: Tunnel): boolean {
  return a === b || (a.modified_on !== null && a.modified_on === b.modified_on && dateOf(a) === dateOf(b))
}

const dateOf = ({ psk_metadata }: Tunnel) => psk_metadata?.last_generated_on ?? null

function differences(before: Tunnel, after: Tunnel): FieldChange[] {
  const changes = diffDrafts(draftOf(before), draftOf(after))
  const [was, is] = [dateOf(before), dateOf(after)]
  return was === is ? changes : [...changes, { ...keyDate, before: was, after: is }]
}
