import { isWrite, type LedgerEntry } from '../adversary/ledger.ts'
import type { AuditEntry, History, Op } from '../history.ts'
import type { Violation } from './violation.ts'

type Event = [at: number, who: string, what: string]

/** How long before and after the matter itself is told. Milliseconds. */
const around = { before: 2000, after: 12_000 }
const mostLines = 60

/** The story of one violation in order of time: what its person saw, what was sent, what took effect, what the log says. */
export function timelineOf(history: History, violation: Violation): string[] {
  const { op, write, entry } = violation
  const times = [...(op?.attempts ?? []).map(({ sentAt }) => sentAt), ...(write ? [write.at] : [])]
  const known = [...times, ...(entry ? [Date.parse(entry.at)] : [])]
  const from = Math.min(...(known.length > 0 ? known : [violation.at])) - around.before
  const to = Math.max(...known, violation.at) + around.after
  const events = [
    ...history.ops.filter((one) => one === op || isAbout(violation, one.tunnelId, one.name)).flatMap(tellOp),
    ...history.ledger.filter(({ tunnelId, wanted }) => isAbout(violation, tunnelId, wanted?.name)).flatMap(tellRequest),
    ...history.audit
      .filter((one) => one === entry || isAbout(violation, one.target?.id, one.target?.name))
      .flatMap(tellEntry),
    ...tellOthers(history, violation),
  ]
  const told = events.filter(([at]) => at >= from && at <= to).sort(([a], [b]) => a - b)
  const lines = told.map(([at, who, what]) => `${stamp(at - history.startedAt)}  ${who.padEnd(10)} ${what}`)
  return lines.length > mostLines ? [...lines.slice(0, mostLines), `… ${lines.length - mostLines} more`] : lines
}

function isAbout(violation: Violation, tunnelId: string | null | undefined, name: string | null | undefined): boolean {
  const { op, write, entry } = violation
  const ids = [violation.tunnelId, write?.tunnelId, write?.createdId, entry?.target?.id, op?.tunnelId]
  const isCreate = op?.kind === 'create' || write?.kind === 'create'
  const names = isCreate ? [op?.name, write?.wanted?.name] : []
  return (tunnelId != null && ids.includes(tunnelId)) || (name != null && names.includes(name))
}

function tellOp({ id, kind, attempts, description, name }: Op): Event[] {
  return attempts.flatMap(({ how, sentAt, answeredAt, status, code, claim }): Event[] => {
    const what = how === 'ask' ? 'asks what became of' : `sends ${kind} ${description ?? name ?? ''} of`
    const heard: Event[] = [[answeredAt ?? 0, id, `hears ${status} ${code ?? ''}: ${claim}`]]
    return [[sentAt, id, `${what} ${id}`], ...(answeredAt === null ? [] : heard)]
  })
}

function tellRequest(entry: LedgerEntry): Event[] {
  const { n, at, method, kind, wanted, served, fault, committedAt, before, refusal, answeredAt, answered, status } =
    entry
  const who = 'cloudflare'
  if (!isWrite(entry)) {
    const saw = served ? `shows "${served.description}" ${served.customer_endpoint} ${served.rate}` : 'shows nothing'
    return kind === 'get' && answeredAt !== null
      ? [[answeredAt, who, `#${n} GET ${saw} (${fault}, ${answered} ${status})`]]
      : []
  }
  const wants = wanted ? `"${wanted.description ?? wanted.name ?? ''}"` : ''
  const events: Event[] = [[at, who, `#${n} ${method} ${kind} ${wants} arrives (fault: ${fault})`]]
  if (committedAt !== null) events.push([committedAt, who, `#${n} takes effect over "${before?.description ?? ''}"`])
  if (answeredAt !== null) events.push([answeredAt, who, `#${n} answer: ${answered} ${status ?? ''} ${refusal ?? ''}`])
  return events
}

function tellEntry({ seq, at, settledAt, action, outcome, turns, problem }: AuditEntry): Event[] {
  const settled = turns ?? (settledAt === null ? [] : [{ at: settledAt, outcome }])
  return [
    [Date.parse(at), 'audit', `entry ${seq} ${action} begins`],
    ...settled.map(
      (turn): Event => [Date.parse(turn.at), 'audit', `entry ${seq} is ${turn.outcome} ${problem?.code ?? ''}`],
    ),
  ]
}

function tellOthers({ outside, lives }: History, { tunnelId }: Violation): Event[] {
  return [
    ...outside
      .filter((edit) => edit.tunnelId === tunnelId)
      .map(({ at, path, before, after }): Event => [at, 'outside', `changes ${path} from ${before} to ${after}`]),
    ...lives.flatMap(({ readyAt, endedAt, endedBy }): Event[] => [
      [readyAt, 'console', 'is ready'],
      ...(endedAt === null ? [] : [[endedAt, 'console', `ends by ${endedBy}`] as Event]),
    ]),
  ]
}

function stamp(ms: number): string {
  return `${ms < 0 ? '-' : '+'}${(Math.abs(ms) / 1000).toFixed(3).padStart(8)} s`
}
