import { type AuditOutcome, auditOutcomes } from '@tunnel-console/shared/audit-outcome'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'

/** The filters of the log, all of them the server's. They live in the URL. */
export interface AuditFilter {
  actor?: string
  action?: string
  /** A tunnel id. */
  target?: string
  outcome?: AuditOutcome
  /** A day, as `2026-11-24`, in the zone that the person wants; `to` is the last one. */
  from?: string
  to?: string
  /** Sought in names, addresses, actions and values. */
  text?: string
  /** The id of one entry: a link to it. */
  entry?: string
}

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads a URL leniently: what the server would refuse is left out. */
export function auditFilterOf(search: Record<string, unknown>): AuditFilter {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 255) : undefined)
  const { actor, action, target, outcome, entry, from, to } = search
  const dayOf = (value: unknown) => (typeof value === 'string' && isDay(value) ? value : undefined)
  const filter: AuditFilter = {
    actor: text(actor),
    action: text(action),
    target: isTunnelId(target) ? target : undefined,
    outcome: auditOutcomes.find((known) => known === outcome),
    from: dayOf(from),
    to: dayOf(to),
    text: text(search['text'])?.trim().slice(0, 100) || undefined,
    entry: typeof entry === 'string' && uuid.test(entry) ? entry : undefined,
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

/** Also no 31 February, which the server refuses. */
const isDay = (value: string) => day.test(value) && new Date(value).toJSON()?.startsWith(value) === true
