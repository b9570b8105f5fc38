import { stateRank, type TunnelState, type TunnelStatus } from '@tunnel-console/shared/status'

export interface WallRow {
  id: string
  name: string
  status: TunnelStatus
}

/** These need nobody to look up. */
const quiet: ReadonlySet<TunnelState> = new Set(['up', 'not-monitored'])

/** How many tunnels are in each state. */
export function countStates(statuses: Record<string, TunnelStatus>): Map<TunnelState, number> {
  const counts = new Map<TunnelState, number>()
  for (const { state } of Object.values(statuses)) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

/** What a wall shows one by one: everything that is not as it should be, worst first, then by name; what was planned last. */
export function wallRows(statuses: Record<string, TunnelStatus>, names: Record<string, string>): WallRow[] {
  const { compare } = new Intl.Collator(undefined, { numeric: true })
  return Object.entries(statuses)
    .filter(([, { state }]) => !quiet.has(state))
    .map(([id, status]) => ({ id, name: names[id] ?? 'A new tunnel', status }))
    .sort((a, b) => {
      // What was to be expected comes after what was not.
      const isPlanned = Number(a.status.planned !== null) - Number(b.status.planned !== null)
      return isPlanned || stateRank(a.status.state) - stateRank(b.status.state) || compare(a.name, b.name)
    })
}

/**
 * As `turnOf`, but what is down and was not planned stays in sight in every turn, before the others: nobody should have to
 * wait for it. Where that would take more than half of the room, everything has its turn.
 */
export function turnOfWall(rows: readonly WallRow[], fit: number, turn: number): ReturnType<typeof turnOf<WallRow>> {
  const isAlarm = ({ status }: WallRow) => status.state === 'down' && status.planned === null
  const alarms = rows.filter(isAlarm)
  if (alarms.length > fit / 2 || rows.length <= fit) return turnOf(rows, fit, turn)
  const others = rows.filter((row) => !isAlarm(row))
  const part = turnOf(others, fit - alarms.length, turn)
  return { ...part, rows: [...alarms, ...part.rows] }
}

/** Which part of the rows is shown in this turn, when only so many fit at a time. Turns go around. */
export function turnOf<T>(rows: readonly T[], fit: number, turn: number): { rows: T[]; turn: number; turns: number } {
  const most = Math.max(1, fit)
  const turns = Math.max(1, Math.ceil(rows.length / most))
  const at = turn % turns
  return { rows: rows.slice(at * most, (at + 1) * most), turn: at + 1, turns }
}
