import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Plan, startAdversary } from './adversary/adversary.ts'
import { fault, none } from './adversary/fault.ts'
import { isWrite } from './adversary/ledger.ts'
import { startOutsideWriter } from './adversary/outside.ts'
import { createPlan } from './adversary/plan.ts'
import { isFinal } from './clients/claim.ts'
import { ask, type Crew } from './clients/crew.ts'
import { work } from './clients/work.ts'
import { gather, leaksOf, type Scene } from './collect.ts'
import { freePort } from './console/free-port.ts'
import { type Lives, startLives } from './console/lives.ts'
import { gatherPeople } from './console/people.ts'
import { pause } from './console/until.ts'
import type { History } from './history.ts'
import { isSettled } from './judge.ts'
import type { SoakOptions } from './options.ts'
import { createRandom, type Random } from './random.ts'
import { populate } from './world.ts'

const clients = 5
const latestMs = 8000

/** One run: an adversary, the real console, five clients, an outside writer. Gives all that is known of it. */
export async function runSoak(options: SoakOptions): Promise<History> {
  const random = createRandom(options.seed)
  const adversary = await startAdversary(random.fork('adversary'))
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'tunnel-console-soak-'))
  const admin = { email: 'ada@example.com', password: `pass-${random.text(20)}` }
  const world = populate(adversary, random.fork('world'), clients)
  let lives: Lives | undefined
  try {
    lives = await startLives({ upstream: adversary, dataDir, port: await freePort(), admin })
    const { url } = lives
    const { people, secrets } = await gatherPeople(url, admin, clients, random.fork('people'))
    const parts = { options, adversary, lives, world, secrets, dataDir, people }
    const scene: Scene = { ...parts, crews: [], outside: [], startedAt: Date.now() }
    await perform(scene, random)
    return await aftermath(scene)
  } finally {
    await lives?.end('SIGKILL')
    await adversary.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Everybody works, the adversary misbehaves, the process is killed now and then, until the time is up. */
async function perform(scene: Scene, random: Random): Promise<void> {
  const { adversary, world, options } = scene
  const [first, second] = world.counters
  const end = performance.now() + options.seconds * 1000
  let isOver = () => performance.now() > end
  const shared = new Set([first.id, second.id])
  const { seconds, longestHangMs, without = [] } = options
  const swallowed = Math.floor(seconds / 120)
  const plan = createPlan({ random: random.fork('plan'), shared, swallowed, latestMs, longestHangMs, without })
  adversary.plan(plan)
  const outside = startOutsideWriter(adversary.store, random.fork('outside'), [first.id, second.id])
  scene.outside = outside.edits
  scene.crews = scene.people.map((person, index) => ({
    ...{ name: `c${index + 1}`, person, random: random.fork(`client ${index + 1}`), counters: world.counters },
    own: (world.own[index] ?? []).map((id) => ({ id, body: null })),
    ...{ ops: [], polls: [], again: new Map(), md5Keys: new Set<string>(), problems: [] },
    really: () => adversary.store.all().length,
    isOver: () => isOver(),
  }))
  try {
    await Promise.all([...scene.crews.map(work), trouble(scene, plan, random.fork('trouble'))])
  } finally {
    isOver = () => true
    outside.stop()
  }
}

/** Ends the process, every other time while Cloudflare holds a write of it, and starts it again. */
async function trouble({ options, adversary, lives }: Scene, plan: Plan, random: Random): Promise<void> {
  const { kills, terms, seconds, note } = options
  const signals = [...Array<'SIGKILL'>(kills).fill('SIGKILL'), ...Array<'SIGTERM'>(terms).fill('SIGTERM')]
  const step = (seconds * 1000) / (signals.length + 1)
  const start = performance.now()
  for (const [index, signal] of signals.entries()) {
    await pause(Math.max(0, start + step * (index + 0.8 + 0.4 * random.next()) - performance.now()))
    const held = fault('held', { commitAfterMs: random.pick([0, 300, 2500]), waitMs: 3000 })
    if (index % 2 === 0) adversary.plan((entry) => (isWrite(entry) ? held : plan(entry)))
    await Promise.race([adversary.arrival('write'), pause(5000)])
    await pause(random.pick([0, 0, 1, 3, 10, 200]))
    adversary.plan(plan)
    note?.(`${signal} with ${adversary.inFlight()} writes on their way`)
    await lives.restart(signal)
  }
}

/** Nothing misbehaves any more: the console gets time to find everything out, and people ask for the last time. */
async function aftermath(scene: Scene): Promise<History> {
  const { adversary, options, crews, lives } = scene
  adversary.plan(() => none)
  await adversary.landed()
  options.note?.('Quiet now')
  const end = performance.now() + options.quietSeconds * 1000
  while (performance.now() < end && !isSettled(await gather(scene))) await pause(1000)
  for (const crew of crews) await askAll(crew)
  const history = await gather(scene)
  await lives.end('SIGTERM')
  return { ...history, leaks: leaksOf(scene, history.audit) }
}

async function askAll(crew: Crew): Promise<void> {
  for (const op of crew.ops) {
    if (op.kind !== 'dry-run' && !op.attempts.some(isFinal)) await ask(crew, op)
  }
}
