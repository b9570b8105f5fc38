import type { AuditEntry } from '@tunnel-console/shared/audit'
import { outsideActor } from '@tunnel-console/shared/audit'
import { diffDrafts, type FieldChange } from '@tunnel-console/shared/diff'
import { draftOf } from '@tunnel-console/shared/draft'
import { sameValue, valueAt } from '@tunnel-console/shared/field-values'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { AuditStore } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import { isUntouched, keyDateOf } from '../readings/untouched.ts'
import type { Facts } from './change.ts'

/** What Cloudflare calls the date of a key; no field of a draft, since nobody can write it. */
const keyDate = { path: 'psk_metadata.last_generated_on', label: 'Pre-shared key generated' }

export type OutsideLog = ReturnType<typeof createOutsideLog>

type Target = NonNullable<AuditEntry['target']>

/** Audit lines for what was changed past this console: Cloudflare's dashboard, Terraform, a script. */
export function createOutsideLog(audit: AuditStore, { log }: Pick<Deps, 'log'>) {
  let late: Parameters<AuditStore['record']>[0][] = []

  async function write(entry: (typeof late)[number]): Promise<void> {
    await audit.record(entry).catch(() => {
      late.push(entry)
      log({ level: 'error', event: 'audit.unrecorded', action: entry.action })
    })
  }

  const record = (action: OutsideAction, target: Target, changes: FieldChange[]) =>
    write({ actor: outsideActor, action, target, outcome: 'applied' as const, requestId: 'outside', changes })

  return {
    changed: (target: Target, changes: FieldChange[]) => record('tunnel.changedOutside', target, changes),

    /** Tries once more what the database refused. */
    async retry(): Promise<void> {
      const again = late
      late = []
      for (const entry of again) await write(entry)
    },

    /** A line for everything that differs between two readings and that none of our changes explains. */
    async compared(
      before: readonly Tunnel[],
      after: readonly Tunnel[],
      ours: readonly Facts[],
      waiting: readonly Facts[],
    ): Promise<void> {
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
        if (!former) await record('tunnel.createdOutside', target, [])
        else if (changes.length > 0) await record('tunnel.changedOutside', target, changes)
      }
      for (const tunnel of before) {
        if (is.has(tunnel.id) || isOurs(tunnel) || awaited(tunnel).some(({ goal }) => goal === null)) continue
        await record('tunnel.deletedOutside', { id: tunnel.id, name: tunnel.name }, [])
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

const byId = (tunnels: readonly Tunnel[]) => new Map(tunnels.map((tunnel) => [tunnel.id, tunnel]))

function differences(before: Tunnel, after: Tunnel): FieldChange[] {
  const changes = diffDrafts(draftOf(before), draftOf(after))
  const [was, is] = [keyDateOf(before), keyDateOf(after)]
  return was === is ? changes : [...changes, { ...keyDate, before: was, after: is }]
}
