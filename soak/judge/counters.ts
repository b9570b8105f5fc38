import { countIn, type Op } from '../history.ts'
import type { Evidence } from './evidence.ts'
import type { Violation } from './violation.ts'

/** Writers of the console lose no update of each other: each increment stands on the one before it. */
export function lostUpdates({ writes, history, opOf }: Evidence): Violation[] {
  return writes.flatMap((write): Violation[] => {
    const { committedAt, before, wanted, tunnelId } = write
    if (!history.counters.some(({ id }) => id === tunnelId)) return []
    if (committedAt === null || !before || wanted?.description === undefined) return []
    const [was, is] = [countIn(before.description), countIn(wanted.description)]
    if (is === was + 1) return []
    const says = `"${wanted.description}" was written over "${before.description}"`
    return [{ rule: 'lost-update', at: committedAt, says, write, op: opOf.get(write), tunnelId }]
  })
}

/** The counter at the end is the number of increments that took effect: every applied one, and of the unknown ones some. */
export function counterSums({ history }: Evidence): Violation[] {
  return history.counters.flatMap(({ id, start }): Violation[] => {
    const ops = history.ops.filter(({ kind, tunnelId }) => kind === 'increment' && tunnelId === id)
    const applied = ops.filter(isApplied).length
    const open = ops.filter((op) => !isApplied(op) && isOpen(op)).length
    const end = history.tunnels.find((tunnel) => tunnel.id === id)
    const effective = countIn(end?.description ?? '') - start
    if (effective >= applied && effective <= applied + open) return []
    const says = `${applied} increments were called applied and ${open} are open, but the counter went up by ${effective}`
    return [{ rule: 'counter-sum', at: history.endedAt, says, tunnelId: id }]
  })
}

export function isApplied({ attempts }: Op): boolean {
  return attempts.some(({ claim }) => claim === 'applied')
}

/** Whether nobody can say what became of it: some request had no clear answer, and none was given afterwards. */
export function isOpen({ attempts }: Op): boolean {
  const isDone = attempts.some(({ claim }) => claim === 'not-applied' || claim === 'closed')
  return !isDone && attempts.some(({ claim }) => claim === 'unknown' || claim === 'silent' || claim === 'running')
}
