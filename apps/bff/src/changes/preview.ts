import { effectsOf, type FieldChange, maskChanges } from '@tunnel-console/shared/diff'
import type { Effect } from '@tunnel-console/shared/field'
import type { ChangeOf } from './change.ts'
import type { Room } from './room.ts'
import { tooFast } from './run.ts'
import { updateTunnel } from './update.ts'

/** What a change would do: masked, so that it may be stored and shown. */
export interface Preview {
  name: string
  effects: (FieldChange & Effect)[]
}

/**
 * The fresh read of a change and nothing more. It costs what a question costs. Throws `conflict`, `not-found`, `invalid`,
 * `not-sent` or `rate-limited`.
 */
export function createPreview({ fresh, questions, sees }: Pick<Room, 'fresh' | 'questions' | 'sees'>) {
  return async (change: ChangeOf<'update'>, userId: string): Promise<Preview> => {
    const retryAfter = questions.take(userId, 'change')
    if (retryAfter !== null) throw tooFast(retryAfter)
    const { facts, seen } = await updateTunnel.read(fresh, change, [])
    if (seen) sees(seen)
    const { name, before, goal } = facts
    return { name, effects: before && goal ? maskChanges(effectsOf(before, goal)) : [] }
  }
}
