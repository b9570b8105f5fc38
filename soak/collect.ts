import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Adversary } from './adversary/adversary.ts'
import type { OutsideEdit } from './adversary/ledger.ts'
import { seen } from './adversary/tunnel.ts'
import type { Crew } from './clients/crew.ts'
import type { Lives } from './console/lives.ts'
import type { Person } from './console/person.ts'
import { until } from './console/until.ts'
import type { AuditEntry, History, Leak } from './history.ts'
import { findLeaks, type Secret } from './judge/leaks.ts'
import type { SoakOptions } from './options.ts'
import type { World } from './world.ts'

/** Everything of a run that is under way. */
export interface Scene {
  options: SoakOptions
  adversary: Adversary
  lives: Lives
  world: World
  /** Passwords, and tokens of invitations. */
  secrets: readonly string[]
  dataDir: string
  people: readonly Person[]
  crews: Crew[]
  outside: readonly OutsideEdit[]
  startedAt: number
}

/** The history so far. Where secrets rest is looked for in the end only. */
export async function gather(scene: Scene): Promise<History> {
  const { options, adversary, lives, world, people, crews, outside, startedAt } = scene
  const [person] = people
  const audit = person ? await readAudit(person) : []
  return {
    seed: options.seed,
    startedAt,
    endedAt: Date.now(),
    counters: world.counters.map(({ id }) => ({ id, start: 0 })),
    ledger: adversary.ledger,
    tunnels: adversary.store.all().map((tunnel) => ({ id: tunnel.id, ...seen(tunnel) })),
    outside,
    ops: crews.flatMap(({ ops }) => ops),
    audit,
    polls: crews.flatMap(({ polls }) => polls),
    lives: lives.lives,
    leaks: [],
    passwordRefusals: people.reduce((sum, { refusals }) => sum + refusals(), 0),
    unhandled: lives
      .output()
      .split('\n')
      .filter((line) => line.includes('"event":"unhandled"')),
  }
}

/** The audit log from its newest entry to its first. */
export async function readAudit(person: Pick<Person, 'request'>): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = []
  for (let cursor = ''; ; ) {
    const page = await until('a page of the audit log', async () => {
      const reply = await person.request(`/api/audit?limit=200${cursor && `&cursor=${cursor}`}`)
      return reply?.status === 200 && reply.json
    })
    entries.push(...(page['entries'] as AuditEntry[]))
    if (typeof page['nextCursor'] !== 'string') return entries
    cursor = page['nextCursor']
  }
}

/** Secrets in files of the data folder, in what the process printed, and in what people were told of problems. */
export function leaksOf(scene: Scene, audit: readonly AuditEntry[]): Leak[] {
  const { adversary, world, people, crews, lives, dataDir } = scene
  const secrets: Secret[] = [
    { name: 'the API token', value: adversary.token },
    ...scene.secrets.map((value) => ({ name: 'a password or an invitation', value })),
    ...[...world.md5Keys, ...crews.flatMap(({ md5Keys }) => [...md5Keys])].map((value) => ({
      name: 'an MD5 key',
      value,
    })),
    ...[...adversary.psks].map((value) => ({ name: 'a pre-shared key', value })),
    ...people.flatMap(({ cookies }) => [...cookies].map((value) => ({ name: 'a session', value }))),
  ]
  return [
    ...filesIn(dataDir).flatMap((file) =>
      findLeaks(path.relative(dataDir, file), readFileSync(file, 'latin1'), secrets),
    ),
    ...findLeaks('the output', lives.output(), secrets),
    ...findLeaks('a problem', crews.flatMap(({ problems }) => problems).join('\n'), secrets),
    ...findLeaks('the audit log', JSON.stringify(audit), secrets),
  ]
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
}
