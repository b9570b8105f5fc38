import { can, type Role } from '@tunnel-console/shared/access'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import type { ChangeMark } from '@tunnel-console/shared/status-answers'
import type { AuditStore } from '../audit/store.ts'

/** A timeline with more marks than this could not be read. */
const most = 200

/** What may have changed a tunnel: it happened, or nobody knows that it did not. */
const happened: ReadonlySet<string> = new Set(['applied', 'unknown', 'pending'])

/** The changes of a tunnel within a time, its last moment included, oldest first, as a role may see them: without the audit log, not what of. */
export async function changeMarks(
  audit: Pick<AuditStore, 'list'>,
  role: Role,
  { id, from, to }: { id: string; from: number; to: number },
): Promise<ChangeMark[]> {
  const [since, until] = [new Date(from).toISOString(), new Date(to + 1).toISOString()]
  const { entries } = await audit.list({ target: id, from: since, to: until, validate_only: 'false', limit: most })
  return entries
    .filter(({ action, outcome }) => /^(tunnel|psk)\./.test(action) && happened.has(outcome))
    .map((entry) => ({
      at: entry.at,
      auditId: entry.id,
      action: entry.action,
      by: entry.actor.email,
      summary: can(role, 'audit.read') ? summaryOf(entry) : '',
    }))
    .reverse()
}

const summaryOf = ({ changes }: AuditEntry) => [...new Set(changes.map(({ label }) => label))].join(', ')
