import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { KeyResult } from '@tunnel-console/shared/api'
import { idOf } from './steps.ts'
import type { Person, World } from './world.ts'

export const sites = ['fra-dc1-a', 'ams-dc1-a', 'paris-a']

/** Setting keys, and nothing else, as Cloudflare's address has it. */
export const setting = { method: 'POST', path: /ipsec_tunnels\/psk($|\?)/ }

export const idsOf = (world: Pick<World, 'sandbox'>, names: readonly string[] = sites) =>
  names.map((name) => idOf(world, name))

/** Sets keys for tunnels: those that are given, and for the others such as the console makes. */
export function setKeys(
  person: Person,
  tunnels: readonly { id: string; psk?: string }[],
  headers: Record<string, string> = {},
  query = '',
) {
  return person.send('POST', `/api/tunnels/psk${query}`, { tunnels }, headers)
}

type Fault = Parameters<World['sandbox']['faults']['next']>[0]

/** Faults for the setting of one tunnel's key, in turn: its id stands in the body, where no fault of the sandbox looks. */
export function faultsFor(world: World, id: string, ...faults: Fault[]) {
  const { fetch } = world.deps.upstream
  const left = [...faults]
  Object.assign(world.deps.upstream, {
    fetch: (...[input, init]: Parameters<typeof fetch>) => {
      const isMeant = input.includes('/ipsec_tunnels/psk') && String(init.body).includes(id)
      const fault = isMeant ? left.shift() : undefined
      // The sandbox takes it up before anything else can ask.
      if (fault) world.sandbox.faults.next(fault, setting)
      return fetch(input, init)
    },
  })
}

export async function resultsIn(answer: Response): Promise<KeyResult[]> {
  return ((await answer.json()) as { results: KeyResult[] }).results
}

export const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'keys-'))

/** Everything in a folder, as text in which every byte stands for itself. */
export const bytesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
