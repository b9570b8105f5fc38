import type { TunnelVersion, UndoEntry } from '@tunnel-console/shared/api'
import { idOf, opened, startClockedWorld, stored } from './steps.ts'
import type { Person, World } from './world.ts'

export const site = 'fra-dc1-a'
export const minute = 60_000

/** A console with somebody at a tunnel that is about to be changed. */
export async function startUndoWorld() {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  return { world, operator, id }
}

type Clocked = Awaited<ReturnType<typeof startClockedWorld>>

/** Time passes tick by tick: whoever was away is asked again some seconds later, by one read first. Restarted or not. */
export async function passes({ services, clock }: Pick<Clocked, 'services' | 'clock'>, ticks: number, ms: number) {
  for (let n = 0; n < ticks; n++) {
    clock.advance(ms)
    await services.owner.tick()
    await services.owner.idle()
  }
}

/** Changes a tunnel so that it undoes itself after ten minutes. */
export async function change(
  person: Person,
  id: string,
  patch: object = { description: 'moved' },
  { query = 'undo_minutes=10', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { ifMatch } = await opened(person, id)
  return person.send('PUT', `/api/tunnels/${id}?${query}`, patch, { ...ifMatch, ...headers })
}

export async function undosOf(person: Person): Promise<UndoEntry[]> {
  const { undos } = (await (await person.get('/api/undos')).json()) as { undos: UndoEntry[] }
  return undos
}

/** The same past HTTP. */
export async function undosIn({ services }: Pick<World, 'services'>): Promise<UndoEntry[]> {
  const view = await services.owner.undos(undefined)
  return 'text' in view ? (JSON.parse(view.text) as { undos: UndoEntry[] }).undos : []
}

export async function statesOf(person: Person) {
  return (await undosOf(person)).map(({ state }) => state)
}

export async function versionsOf(person: Person, id: string): Promise<TunnelVersion[]> {
  const answer = await person.get(`/api/tunnels/${id}/versions`)
  return ((await answer.json()) as { versions: TunnelVersion[] }).versions
}

/** What Cloudflare has of a tunnel, but for the moment at which it was changed. */
export function settingsOf(world: Pick<World, 'sandbox'>, name = site): object {
  const { modified_on: _, story: __, ...settings } = stored(world, name) ?? { modified_on: '', story: null }
  return settings
}
