import { pause } from '../console/until.ts'
import type { Crew } from './crew.ts'
import { create, createPolling, dryRun, increment, makeKey, remove, replay } from './deeds.ts'

/** What a client does all day, and how often. */
const habits = { increment: 44, create: 10, remove: 5, makeKey: 9, dryRun: 6, replay: 8, poll: 18 }

/** Works until the time is up. */
export async function work(crew: Crew): Promise<void> {
  const poll = createPolling(crew)
  const deeds = { increment, create, remove, makeKey, dryRun, replay, poll }
  while (!crew.isOver()) {
    await deeds[crew.random.weighted(habits)](crew)
    const isSlowedDown = crew.ops.at(-1)?.attempts.at(-1)?.code === 'rate-limited'
    await pause(isSlowedDown ? 3000 : crew.random.int(10, 200))
  }
}
