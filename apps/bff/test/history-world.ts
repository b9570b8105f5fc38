import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { TunnelHistoryAnswer, TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import { idOf, startClockedWorld } from './steps.ts'
import type { Person, World } from './world.ts'

export const site = 'fra-dc1-a'
export const minute = 60_000
export const hour = 60 * minute

type Json = Record<string, unknown>
type Dataset = 'health' | 'traffic'
type Clocked = Awaited<ReturnType<typeof startClockedWorld>>

/** A console that has read everything once, and somebody from support who looks at a tunnel that is up. */
export async function startHistoryWorld() {
  const world = await startClockedWorld()
  const support = await world.as('support')
  await world.services.owner.refresh()
  return { world, support, id: idOf(world, site) }
}

/** From now on, the probes of the tunnel pass so often. */
export function probesPass({ sandbox }: Pick<World, 'sandbox'>, tunnelState: number, name = site): void {
  sandbox.faults.clear()
  const isOurs = (row: Json) => (row['dimensions'] as Json)['tunnelName'] === name
  answering({ sandbox }, 'health', (rows) => rows.map((row) => (isOurs(row) ? { ...row, avg: { tunnelState } } : row)))
}

/** Analytics of these kinds answer something else from now on; `null`: that the token may not read them. */
export function answering(
  { sandbox }: Pick<World, 'sandbox'>,
  datasets: Dataset | readonly Dataset[],
  change: (rows: Json[]) => Json[] | null,
): void {
  const changed = (body: Json): Json => {
    const account = (body as { data?: { viewer: { accounts: Record<string, Json[]>[] } } }).data?.viewer.accounts[0]
    const dataset = [datasets].flat().find((name) => account?.[name])
    const rows = dataset && account?.[dataset]
    if (!rows) return body
    const answer = change(rows)
    if (answer) return { data: { viewer: { accounts: [{ [dataset]: answer }] } }, errors: null }
    return { data: null, errors: [{ message: 'not authorized for that account', extensions: { code: 'authz' } }] }
  }
  sandbox.faults.next({ kind: 'mutate', change: changed }, { method: 'POST', path: /graphql/, times: 10_000 })
}

/** Polls go on, each a while after the one before. */
export async function polls({ services, clock }: Pick<Clocked, 'services' | 'clock'>, times: number, ms = minute) {
  for (let n = 0; n < times; n++) {
    clock.advance(ms)
    await services.owner.refresh()
  }
}

export async function statusOf(person: Person): Promise<StatusAnswer> {
  return (await (await person.get('/api/status')).json()) as StatusAnswer
}

export async function standingOf(person: Person, id: string): Promise<TunnelStatusAnswer> {
  return (await (await person.get(`/api/tunnels/${id}/status`)).json()) as TunnelStatusAnswer
}

export async function historyOf(person: Person, id: string, query = ''): Promise<TunnelHistoryAnswer> {
  return (await (await person.get(`/api/tunnels/${id}/history${query}`)).json()) as TunnelHistoryAnswer
}

/** Queries of analytics that reached Cloudflare. */
export function queriesIn({ sandbox }: Pick<World, 'sandbox'>): number {
  return sandbox.ledger.filter(({ path }) => path.endsWith('/graphql')).length
}
