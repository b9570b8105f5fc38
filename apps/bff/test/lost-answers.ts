import { commit, idOf, opened, startClockedWorld } from './steps.ts'
import { type World, writes } from './world.ts'

/** A tunnel of the sandbox's seed, and the key of the click that changes it. */
export const site = 'fra-dc1-a'
export const key = { 'idempotency-key': 'form-instance-1' }

/** A request that is lost on its way to Cloudflare. */
export const lost = { kind: 'dropBeforeCommit' as const }

/** A change of `site` whose request was lost; `arrives` lets it reach Cloudflare after all. */
export async function lostUpdate() {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next(lost, { method: 'PUT' })
  const put = () => operator.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, { ...ifMatch, ...key })
  const first = await put()
  if (first.status !== 502) throw new Error(`A lost update was answered ${first.status}`)
  const arrives = () => commit(world, writes(world.sandbox)[0]?.body as object, `/${id}`, 'PUT')
  return { world, operator, id, put, first, arrives, ifMatch }
}

/** Holds Cloudflare's answers, which it has computed already, until they are released. */
export function holdAnswers(world: World, isHeld: (method: string, path: string) => boolean) {
  const { fetch } = world.deps.upstream
  const gate = Promise.withResolvers<void>()
  let held = 0
  Object.assign(world.deps.upstream, {
    fetch: async (...[input, init]: Parameters<typeof fetch>) => {
      const answer = await fetch(input, init)
      if (isHeld(init?.method ?? 'GET', new URL(String(input)).pathname)) {
        held++
        await gate.promise
      }
      return answer
    },
  })
  return {
    held: () => held,
    release: () => {
      Object.assign(world.deps.upstream, { fetch })
      gate.resolve()
    },
  }
}
