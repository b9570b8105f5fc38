import type { ManyResult } from '@tunnel-console/shared/api'
import type { JobAnswer, JobOptions } from '@tunnel-console/shared/jobs'
import { opened, startClockedWorld } from './steps.ts'
import { type Person, type World, writes } from './world.ts'

export type ClockedWorld = Awaited<ReturnType<typeof startClockedWorld>>

/** For what comes soon, on a machine that has much to do. */
export const patiently = { timeout: 10_000 }

/** Nothing stops it and nothing makes it wait. */
export const atOnce = { batchSize: 100, pauseSeconds: 0, stopAfterFailure: false } as const

/** Tunnels of the seed by name, with the versions that they have now. */
export async function chosen(world: Pick<World, 'sandbox'>, person: Person, names: readonly string[]) {
  const tunnels = names.map((name) => world.sandbox.state().tunnels.find((tunnel) => tunnel.name === name))
  return Promise.all(
    tunnels.map(async (tunnel) => ({
      id: tunnel?.id ?? '',
      version: (await opened(person, tunnel?.id ?? '')).version,
    })),
  )
}

export const sites = ['fra-dc1-a', 'fra-dc1-b', 'ams-dc1-a', 'ams-dc1-b']

/** The names of the first tunnels of the seed. */
export function firstNames({ sandbox }: Pick<World, 'sandbox'>, count: number): string[] {
  return sandbox
    .state()
    .tunnels.slice(0, count)
    .map(({ name }) => name)
}

export interface Wanted extends Partial<JobOptions> {
  reason?: string
  startsAt?: string
}

/** Asks for a job that gives each of these tunnels a description. */
export async function describeAll(world: Pick<World, 'sandbox'>, person: Person, names: string[], wanted: Wanted = {}) {
  const tunnels = (await chosen(world, person, names)).map((one) => ({ ...one, description: 'by a job' }))
  return person.send('POST', '/api/jobs', { ...atOnce, ...wanted, tunnels })
}

export async function jobIn(response: Response): Promise<JobAnswer> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as JobAnswer
}

export async function jobOf(person: Person, id: string): Promise<JobAnswer> {
  return jobIn(await person.get(`/api/jobs/${id}`))
}

export function steer(person: Person, id: string, steering: string): Promise<Response> {
  return person.send('POST', `/api/jobs/${id}/${steering}`)
}

export async function resultsIn(response: Response): Promise<ManyResult[]> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return ((await response.json()) as { results: ManyResult[] }).results
}

/**
 * How often a change of each tunnel reached Cloudflare, by id. Bulk updates count for each tunnel in them. What Cloudflare
 * put off certainly did not happen, and may be sent again.
 */
export function sentTo({ sandbox }: Pick<World, 'sandbox'>): Map<string, number> {
  const ids = writes(sandbox)
    .filter(({ query, status }) => query['validate_only'] === undefined && status !== 429)
    .flatMap(({ path, body }) => {
      const many = (body as { ipsec_tunnels?: { id: string }[] } | null)?.ipsec_tunnels
      return many ? many.map(({ id }) => id) : [path.split('/').at(-1) ?? '']
    })
  return new Map([...new Set(ids)].map((id) => [id, ids.filter((one) => one === id).length]))
}

export async function startJobs() {
  const world = await startClockedWorld()
  return { ...world, admin: await world.as('admin') }
}
