import { isWrite, type LedgerEntry } from '../adversary/ledger.ts'
import type { AuditEntry, History, Op } from '../history.ts'
import type { Violation } from './violation.ts'

interface Event {
  at: number
  who: string
  what: string
  /** Whether it is of the matter itself, not only of the same tunnel. */
  isOwn: boolean
}

/** How far from the matter itself other events of the same tunnel are told, in milliseconds, and how many lines in all. */
const nearMs = 5000
const mostLines = 50

/** The story of one violation in order of time: what its person saw, what was sent, what took effect, what the log says. */
export function timelineOf(history: History, violation: Violation): string[] {
  const events = eventsOf(history, violation)
  const own = [violation.at, ...events.flatMap(({ at, isOwn }) => (isOwn ? [at] : []))]
  const distance = ({ at, isOwn }: Event) => (isOwn ? 0 : Math.min(...own.map((other) => Math.abs(other - at))))
  return events
    .filter((event) => distance(event) <= nearMs)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, mostLines)
    .sort((a, b) => a.at - b.at)
    .map(
      ({ at, who, what, isOwn }) => `${isOwn ? '»' : ' '} ${stamp(at - history.startedAt)}  ${who.padEnd(10)} ${what}`,
    )
}

function eventsOf(history: History, violation: Violation): Event[] {
  const { op, write, entry } = violation
  const isIt = (id: string | null | undefined, name: string | null | undefined) => isAbout(violation, id, name)
  return [
    ...history.ops
      .filter((one) => one === op || isIt(one.tunnelId, one.name))
      .flatMap((one) => tellOp(one).map(event(one === op))),
    ...history.ledger
      .filter((one) => one === write || isIt(one.tunnelId, one.wanted?.name))
      .flatMap((one) => tellRequest(one).map(event(one === write))),
    ...history.audit
      .filter((one) => one === entry || isIt(one.target?.id, one.target?.name))
      .flatMap((one) => tellEntry(one).map(event(one === entry))),
    ...tellOthers(history, violation).map(event(false)),
  ]
}

type Line = readonly [at: number, who: string, what: string]

const event =
  (isOwn: boolean) =>
  ([at, who, what]: Line): Event => ({ at, who, what, isOwn })

function isAbout(violation: Violation, tunnelId: string | null | undefined, name: string | null | undefined): boolean {
  const { op, write, entry } = violation
  const ids = [violation.tunnelId, write?.tunnelId, write?.createdId, entry?.target?.id, op?.tunnelId]
  const isCreate = op?.kind === 'create' || write?.kind === 'create'
  const names = isCreate ? [op?.name, write?.wanted?.name] : []
  return (tunnelId != null && ids.includes(tunnelId)) || (name != null && names.includes(name))
}

function tellOp({ id, kind, attempts, description, name }: Op): Line[] {
  return attempts.flatMap(({ how, sentAt, answeredAt, status, code, claim }): Line[] => {
    const wish = [kind, description ?? name].filter((word) => word !== null).join(' ')
    const sent: Line = [sentAt, id, how === 'ask' ? 'asks what became of it' : `sends ${wish}`]
    return answeredAt === null ? [sent] : [sent, [answeredAt, id, `hears ${status} ${code ?? ''}: ${claim}`]]
  })
}

function tellRequest(entry: LedgerEntry): Line[] {
  const { n, at, method, kind, wanted, fault, committedAt, before, refusal, answeredAt, answered, status } = entry
  const who = 'cloudflare'
  if (!isWrite(entry)) return tellReading(entry)
  const wants = wanted?.description ?? wanted?.name
  const lines: Line[] = [[at, who, `#${n} ${method} ${kind}${wants ? ` "${wants}"` : ''} arrives (fault: ${fault})`]]
  if (committedAt !== null)
    lines.push([committedAt, who, `#${n} takes effect${before ? ` over "${before.description}"` : ''}`])
  if (answeredAt !== null)
    lines.push([answeredAt, who, `#${n} is answered: ${answered} ${status ?? ''} ${refusal ?? ''}`])
  return lines
}

function tellReading({ n, kind, served, fault, answeredAt, answered, status }: LedgerEntry): Line[] {
  if (kind !== 'get' || answeredAt === null) return []
  const { description, customer_endpoint, rate } = served ?? {}
  const shows = served ? `shows "${description}" ${customer_endpoint} ${rate}` : 'shows nothing'
  return [[answeredAt, 'cloudflare', `#${n} GET ${shows} (${fault}, ${answered} ${status})`]]
}

function tellEntry({ seq, at, settledAt, action, outcome, turns, problem }: AuditEntry): Line[] {
  const settled = turns ?? (settledAt === null ? [] : [{ at: settledAt, outcome }])
  return [
    [Date.parse(at), 'audit', `entry ${seq} ${action} begins`],
    ...settled.map(
      (turn): Line => [Date.parse(turn.at), 'audit', `entry ${seq} is ${turn.outcome} ${problem?.code ?? ''}`],
    ),
  ]
}

function tellOthers({ outside, lives }: History, { tunnelId }: Violation): Line[] {
  const ends = lives.flatMap(({ endedAt, endedBy }): Line[] =>
    endedAt === null ? [] : [[endedAt, 'console', `ends by ${endedBy}`]],
  )
  const edits = outside.filter((edit) => edit.tunnelId === tunnelId)
  return [
    ...edits.map(({ at, path, before, after }): Line => [at, 'outside', `changes ${path} from ${before} to ${after}`]),
    ...lives.map(({ readyAt }): Line => [readyAt, 'console', 'is ready']),
    ...ends,
  ]
}

function stamp(ms: number): string {
  return `${ms < 0 ? '-' : '+'}${(Math.abs(ms) / 1000).toFixed(3).padStart(8)} s`
}
