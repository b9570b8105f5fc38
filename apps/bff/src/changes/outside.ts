import type { AuditEntry } from '@tunnel-console/shared/audit'
import { outsideActor } from '@tunnel-console/shared/audit'
import { diffDrafts, type FieldChange } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { sameValue, valueAt } from '@tunnel-console/shared/field-values'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { AuditStore } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import { isUntouched, keyDateOf } from '../readings/untouched.ts'
import { type Versions, withoutChanges } from '../versions/versions.ts'
import type { Facts } from './change.ts'

/** What Cloudflare calls the date of a key; no field of a draft, since nobody can write it. */
const keyDate = { path: 'psk_metadata.last_generated_on', label: 'Pre-shared key generated' }

export type OutsideLog = ReturnType<typeof createOutsideLog>

type Target = NonNullable<AuditEntry['target']>

/** Audit lines for what was changed past this console: Cloudflare's dashboard, Terraform, a script. */
export function createOutsideLog(audit: AuditStore, versions: Pick<Versions, 'ofOutside'>, { log }: Pick<Deps, 'log'>) {
  let late: Parameters<AuditStore['record']>[] = []

  async function write(...line: (typeof late)[number]): Promise<void> {
    await audit.record(...line).catch(() => {
      late.push(line)
      log({ level: 'error', event: 'audit.unrecorded', action: line[0].action })
    })
  }

  /** `now`: the tunnel as it is after these changes; for one that was deleted, as it was. */
  function record(action: OutsideAction, target: Target, changes: FieldChange[], now: TunnelDraft | null) {
    const entry = { actor: outsideActor, action, target, outcome: 'applied' as const, requestId: 'outside', changes }
    const before = action === 'tunnel.createdOutside' ? null : now && withoutChanges(now, changes.filter(isOfDraft))
    const after = action === 'tunnel.deletedOutside' ? null : now
    return write(entry, target.id === null || !now ? [] : versions.ofOutside(target.id, { before, after }))
  }

  return {
    /** `tunnel`: as it stands now. */
    changed: (target: Target, changes: FieldChange[], tunnel: Tunnel | null) =>
      record('tunnel.changedOutside', target, changes, tunnel && draftOf(tunnel)),

    /** Tries once more what the database refused. */
    async retry(): Promise<void> {
      const again = late
      late = []
      for (const line of again) await write(...line)
    },

    /** A line for everything that differs between two readings and that none of our changes explains. */
    async compared(
      before: readonly Tunnel[],
      after: readonly Tunnel[],
      ours: readonly Facts[],
      waiting: readonly Facts[],
    ): Promise<void> {
      if (before === after) return
      const isOurs = (tunnel: Tunnel) => ours.some((facts) => isAbout(facts, tunnel))
      const awaited = (tunnel: Tunnel) => waiting.filter((facts) => isAbout(facts, tunnel))
      const [was, is] = [byId(before), byId(after)]
      for (const tunnel of after) {
        const former = was.get(tunnel.id)
        if ((former && isUntouched(former, tunnel)) || isOurs(tunnel)) continue
        const target = { id: tunnel.id, name: tunnel.name }
        const changes = (former ? differences(former, tunnel) : []).filter(
          (change) => !awaited(tunnel).some((facts) => explains(facts, change)),
        )
        if (!former && awaited(tunnel).some((facts) => isGoal(facts, tunnel))) continue
        if (!former) await record('tunnel.createdOutside', target, [], draftOf(tunnel))
        else if (changes.length > 0) await record('tunnel.changedOutside', target, changes, draftOf(tunnel))
      }
      for (const tunnel of before) {
        if (is.has(tunnel.id) || isOurs(tunnel) || awaited(tunnel).some(({ goal }) => goal === null)) continue
        await record('tunnel.deletedOutside', { id: tunnel.id, name: tunnel.name }, [], draftOf(tunnel))
      }
    },
  }
}

type OutsideAction = 'tunnel.createdOutside' | 'tunnel.changedOutside' | 'tunnel.deletedOutside'

const isAbout = (facts: Facts, { id, name }: Tunnel) =>
  facts.tunnelId === null ? facts.name === name : facts.tunnelId === id

/** Whether a change that is waited for would have done this very thing. Sealed values cannot be told apart from others. */
function explains({ before, goal }: Facts, { path, after }: FieldChange): boolean {
  if (path === keyDate.path) return goal === null
  if (!before || !goal || !diffDrafts(before, goal).some((ours) => ours.path === path)) return false
  return path === 'bgp.md5_key' || sameValue(valueAt(goal, path), after)
}

/** Whether a tunnel is what a creation that is waited for would have made. */
const isGoal = ({ goal }: Facts, tunnel: Tunnel) =>
  goal !== null && diffDrafts(goal, draftOf(tunnel)).every(({ path }) => path === 'bgp.md5_key')

const isOfDraft = ({ path }: FieldChange) => path !== keyDate.path

const byId = (tunnels: readonly Tunnel[]) => new Map(tunnels.map((tunnel) => [tunnel.id, tunnel]))

function differences(before: Tunnel, after: Tunnel): FieldChange[] {
  const changes = diffDrafts(draftOf(before), draftOf(after))
  const [was, is] = [keyDateOf(before), keyDateOf(after)]
  return was === is ? changes : [...changes, { ...keyDate, before: was, after: is }]
}
