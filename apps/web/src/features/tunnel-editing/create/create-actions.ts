import { diffDrafts } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { inputOf } from '@tunnel-console/shared/patch'
import { fateOf, ProblemError, problemOf } from '@tunnel-console/shared/problem'
import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'
import type { IdempotencyKey } from '../../../data/idempotency-key.ts'
import { createTunnel, lookAtList, validateCreate } from '../../../data/tunnel-writes.ts'
import type { TunnelForm } from '../form/use-tunnel-form.ts'
import { showRefusal } from '../write/show-refusal.ts'
import type { Look } from '../write/unknown-panel.tsx'
import type { WriteEvent } from '../write/write-state.ts'

export interface Created {
  id: string
  name: string
}

/** What was sent, and the tunnels that were known to be there before: none of those is ours. */
export interface SentCreate {
  draft: TunnelDraft
  known: ReadonlySet<string>
}

/** One creation as it stands when a button is pressed. */
export interface CreateAttempt {
  stamp: string
  kit: TunnelForm
  once: IdempotencyKey
  dispatch: (event: WriteEvent) => void
  onCreated: (tunnel: Created) => void
}

/** Our own checks. Marks what is wrong and answers whether all is well. */
export async function passesOurChecks({ kit, stamp, dispatch }: CreateAttempt): Promise<boolean> {
  const count = await kit.check()
  if (count > 0) dispatch({ type: 'judged', verdict: { stamp, kind: 'invalid', count, problem: null } })
  return count === 0
}

export async function validateNew({ kit, stamp, dispatch }: CreateAttempt): Promise<void> {
  try {
    const { checkedAt } = await validateCreate(inputOf(kit.draft))
    dispatch({ type: 'judged', verdict: { stamp, kind: 'valid', at: checkedAt } })
  } catch (error) {
    const problem = problemOf(error)
    if (problem.status === 401) dispatch({ type: 'interrupted' })
    else if (fateOf(problem) === 'refused') dispatch(showRefusal(kit, problem, stamp))
    else dispatch({ type: 'judged', verdict: { stamp, kind: 'unavailable', problem } })
  }
}

export async function createNew({ kit, stamp, once, dispatch, onCreated }: CreateAttempt): Promise<void> {
  const input = inputOf(kit.draft)
  try {
    const { tunnel } = await createTunnel(input, once.for(input))
    onCreated(tunnel)
  } catch (error) {
    const problem = problemOf(error)
    const fate = fateOf(problem)
    // After a lost answer or a lost session the same key makes the same tunnel once (H3, H6).
    if (fate !== 'unknown' && problem.status !== 401) once.renew()
    if (problem.status === 401) dispatch({ type: 'interrupted' })
    else if (fate === 'refused') dispatch(showRefusal(kit, problem, stamp))
    else dispatch({ type: 'stopped', stop: { kind: fate === 'unknown' ? 'unknown' : 'unchanged', problem } })
  }
}

/** After an unknown outcome: names are unique, so the list tells. Only a list read since the failure can say "no". */
export async function lookForCreated(
  { draft, known }: SentCreate,
  failedAt: number,
  onCreated: (tunnel: Created) => void,
): Promise<Look> {
  try {
    const { tunnels, fetchedAt } = await lookAtList()
    const found = tunnels.find(({ id, name }) => name === draft.name && !known.has(id))
    if (found && isAsSent(found, draft)) {
      onCreated(found)
      return 'saved'
    }
    if (found) {
      const detail = `A tunnel named ${draft.name} has appeared, but it is not as you sent it. It may be somebody else’s.`
      return ProblemError.of('outcome-unknown', { detail }).problem
    }
    if (Date.parse(fetchedAt) > failedAt) return 'not-saved'
    const detail = 'The list has not been read anew since. Check again in a few seconds.'
    return ProblemError.of('upstream-unavailable', { detail }).problem
  } catch (error) {
    return problemOf(error)
  }
}

/** Cloudflare may fill in what was left empty; everything else must be as it was sent. */
function isAsSent(tunnel: VisibleTunnel, draft: TunnelDraft): boolean {
  return isWholeTunnel(tunnel) && diffDrafts(draft, draftOf(tunnel)).every(({ before }) => before === '')
}
