import type { FieldChange } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { sameValue, valueAt } from '@tunnel-console/shared/field-values'
import type { TunnelPatch } from '@tunnel-console/shared/patch'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import type { TunnelForm } from '../form/use-tunnel-form.ts'
import type { IdempotencyKey } from '../idempotency-key.ts'
import { showRefusal } from '../show-refusal.ts'
import type { Look } from '../unknown-panel.tsx'
import { fateOf, problemOf } from '../write-fate.ts'
import { lookAtTunnel, updateTunnel, validateUpdate } from '../writes.ts'
import type { EditEvent, Stop } from './edit-state.ts'

/** `notApplied`: fields, by path, that Cloudflare stored with another value than was asked for. */
export type OnSaved = (tunnel: Tunnel, notApplied?: string[]) => void

/** One edit as it stands when a button is pressed. */
export interface EditAttempt {
  id: string
  version: string
  patch: TunnelPatch
  stamp: string
  /** Whether the form still holds what this attempt is about. */
  isCurrent: () => boolean
  kit: TunnelForm
  once: IdempotencyKey
  dispatch: (event: EditEvent) => void
  onSaved: OnSaved
}

/** Our checks, then Cloudflare's. `goesOn` leads to the review when nothing speaks against it and nothing was typed since. */
export async function validateEdit(attempt: EditAttempt, goesOn: boolean): Promise<void> {
  const { id, version, patch, stamp, isCurrent, kit, dispatch } = attempt
  dispatch({ type: 'validating' })
  const count = await kit.check()
  if (count > 0) {
    dispatch({ type: 'judged', verdict: { stamp, kind: 'invalid', count, problem: null } })
    return
  }
  try {
    const { checkedAt } = await validateUpdate(id, version, patch)
    dispatch({ type: 'judged', verdict: { stamp, kind: 'valid', at: checkedAt }, goesOn: goesOn && isCurrent() })
  } catch (error) {
    const problem = problemOf(error)
    const isAboutInput = ['refused', 'conflict', 'gone'].includes(fateOf(problem)) || problem.status === 401
    if (isAboutInput) dispatch(eventFor(attempt, problem))
    else dispatch({ type: 'judged', verdict: { stamp, kind: 'unavailable', problem }, goesOn: goesOn && isCurrent() })
  }
}

export async function applyEdit(attempt: EditAttempt): Promise<void> {
  const { id, version, patch, once, dispatch } = attempt
  dispatch({ type: 'applying' })
  try {
    const { tunnel, notApplied } = await updateTunnel(id, version, patch, once.for([version, patch]))
    attempt.onSaved(tunnel, notApplied)
  } catch (error) {
    const problem = problemOf(error)
    // After a lost answer or a lost session the same key makes the same request once (H3, H6).
    if (fateOf(problem) !== 'unknown' && problem.status !== 401) once.renew()
    dispatch(eventFor(attempt, problem))
  }
}

function eventFor({ kit, stamp }: EditAttempt, problem: Problem): EditEvent {
  // The shell asks to sign in again; the form waits as it is.
  if (problem.status === 401) return { type: 'interrupted' }
  const fate = fateOf(problem)
  if (fate === 'refused') return showRefusal(kit, problem, stamp)
  const stop: Stop =
    fate === 'conflict' ? conflictOf(problem) : fate === 'gone' ? { kind: 'gone' } : { kind: fate, problem }
  return { type: 'stopped', stop }
}

function conflictOf(problem: Problem): Stop {
  const current = Tunnel.safeParse(problem['current'])
  const version = problem['version']
  return current.success && typeof version === 'string'
    ? { kind: 'conflict', current: current.data, version }
    : { kind: 'unchanged', problem }
}

/** After an unknown outcome: reads what is there, and tells what happened. */
export async function lookAgain({ id, version, kit, dispatch, onSaved }: EditAttempt): Promise<Look> {
  try {
    const now = await lookAtTunnel(id)
    if (!isWholeTunnel(now.tunnel)) return ProblemError.of('forbidden').problem
    const current = now.tunnel
    if (holds(draftOf(current), kit.changes)) {
      onSaved(current)
      return 'saved'
    }
    if (now.version === version) return 'not-saved'
    dispatch({ type: 'stopped', stop: { kind: 'conflict', current, version: now.version } })
    return 'changed'
  } catch (error) {
    const problem = problemOf(error)
    if (fateOf(problem) === 'gone') dispatch({ type: 'stopped', stop: { kind: 'gone' } })
    return problem
  }
}

function holds(draft: TunnelDraft, changes: readonly FieldChange[]): boolean {
  return changes.every(({ path, after }) => sameValue(valueAt(draft, path), after))
}
