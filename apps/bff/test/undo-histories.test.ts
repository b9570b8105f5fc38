import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Outcome } from '../src/changes/request.ts'
import { restarted, startClockedWorld } from './steps.ts'
import { minute, passes, settingsOf, site, undosIn } from './undo-world.ts'

type World = Awaited<ReturnType<typeof startClockedWorld>>

const alice = { id: 'sandbox-admin', email: 'alice@example.com', role: 'admin' as const }
const fields = ['description', 'customer_endpoint', 'replay_protection'] as const

const act = fc.record({
  kind: fc.constantFrom(
    'armed',
    'armed',
    'armed',
    'plain',
    'outside',
    'outside-and-back',
    'sneaks',
    'keep',
    'undo',
    'later',
    'later',
    'restart',
  ),
  field: fc.constantFrom(...fields),
  /** The answer to the next write is lost, and it took effect. */
  isLost: fc.boolean(),
  minutes: fc.constantFrom(1, 4, 11),
})
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never

/** What the tunnel must be like, by the rules that people are told. */
interface Model {
  world: World
  id: string
  count: number
  expected: Settings
  /** The one undo that counts, if there is one. */
  counting: { group: string; dueAt: number; before: Settings } | null
}
type Settings = Record<string, unknown>

const settings = ({ world }: Pick<Model, 'world'>): Settings => ({ ...settingsOf(world) })

/** A value that nobody has written before, but for a switch. */
function valueFor(model: Model, field: Act['field']) {
  model.count++
  const { replay_protection } = model.expected
  return {
    description: `note ${model.count}`,
    customer_endpoint: `203.0.113.${model.count}`,
    replay_protection: !replay_protection,
  }[field]
}

async function changes(model: Model, { field, isLost }: Act, undo?: { minutes: number }): Promise<void> {
  const { world, id } = model
  const read = await world.services.owner.tunnel(id)
  const version = 'ok' in read ? read.ok.version : ''
  const value = valueFor(model, field)
  if (isLost) world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'PUT' })
  const before = model.expected
  const change = { kind: 'update' as const, tunnelId: id, version, patch: { [field]: value } }
  const outcome: Outcome = await world.services.owner.run({ change, author: alice, requestId: 'model', undo })
  expect(outcome.kind).toBe('applied')
  model.expected = { ...before, [field]: value }
  model.counting = null
  if (!undo) return
  const [entry] = (await undosIn(world)).filter(({ state }) => state === 'counting')
  expect(entry, 'a change that undoes itself counts at once').toBeDefined()
  model.counting = { group: entry?.group ?? '', dueAt: Date.parse(entry?.dueAt ?? ''), before }
}

function outside(model: Model, patch: Settings): void {
  model.world.clock.advance(1000)
  model.world.sandbox.externalWrite(model.id, patch)
  model.expected = { ...model.expected, ...patch }
  model.counting = null
}

async function later(model: Model, ms: number): Promise<void> {
  const { world, counting } = model
  await passes(world, 1, ms)
  if (!counting || world.clock.now().getTime() < counting.dueAt) return
  model.expected = counting.before
  model.counting = null
}

/** Somebody writes in the very moment in which the undo reads the tunnel before it would write it back. */
async function sneaks(model: Model, field: Act['field']): Promise<void> {
  const { world, id, expected } = model
  const patch = { [field]: valueFor(model, field) }
  world.sandbox.faults.next({ kind: 'externalWrite', id, patch }, { method: 'GET', path: new RegExp(id) })
  await passes(world, 1, 11 * minute)
  if (settings(model)[field] === expected[field]) return
  model.expected = { ...expected, ...patch }
  model.counting = null
}

async function chooses(model: Model, word: 'keep' | 'undo'): Promise<void> {
  const { world, counting } = model
  if (!counting) return
  const { owner } = world.services
  const chooser = { actor: alice, requestId: 'model' }
  const answer =
    word === 'keep' ? await owner.keepChange(counting.group, chooser) : await owner.undoNow(counting.group, chooser)
  expect(answer).toHaveProperty('ok')
  await passes(world, 1, 1000)
  if (word === 'undo') model.expected = counting.before
  model.counting = null
}

async function step(model: Model, act: Act): Promise<void> {
  const { world } = model
  world.clock.advance(1000)
  const { kind, field, minutes } = act
  if (kind === 'armed') await changes(model, act, { minutes: 10 })
  else if (kind === 'plain') await changes(model, act)
  else if (kind === 'outside') outside(model, { [field]: valueFor(model, field) })
  else if (kind === 'outside-and-back') {
    const was = model.expected[field]
    outside(model, { [field]: valueFor(model, field) })
    outside(model, { [field]: was })
  } else if (kind === 'sneaks') await sneaks(model, field)
  else if (kind === 'later') await later(model, minutes * minute)
  else if (kind === 'restart') {
    Object.assign(world, await restarted(world))
    await world.services.owner.idle()
  } else await chooses(model, kind)
  world.sandbox.faults.clear()
  expect(settings(model), kind).toEqual(model.expected)
}

async function plays(acts: readonly Act[]): Promise<void> {
  const world = await startClockedWorld(3600)
  const id = world.sandbox.state().tunnels.find(({ name }) => name === site)?.id ?? ''
  const model: Model = { world, id, count: 0, expected: settings({ world }), counting: null }
  for (const one of acts) await step(model, one)
  await later(model, 11 * minute)
  await passes(world, 2, minute)
  expect(settings(model), 'at the end').toEqual(model.expected)
  const left = (await undosIn(world)).filter(({ state }) => ['armed', 'counting', 'undoing'].includes(state))
  expect(left, 'each undo has ended').toEqual([])
}

/** `npm run soak` plays 200. */
const histories = Number(process.env['UNDO_HISTORIES'] || 50)

test('in many histories with other writers no undo writes over anybody, and without them the tunnel is as before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 10 }), (acts) => plays(acts)),
    { numRuns: histories, seed: 20261128 },
  )
}, 300_000)
