import { useQueryClient } from '@tanstack/react-query'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { sameValue, valueAt } from '@tunnel-console/shared/fields'
import { formOf } from '@tunnel-console/shared/form'
import { patchOf } from '@tunnel-console/shared/patch'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { useReducer, useRef, useState } from 'react'
import { showProblem } from '../../../lib/form.ts'
import type { NeighbourTunnel } from '../form/tunnel-fields.tsx'
import { useTunnelForm } from '../form/use-tunnel-form.ts'
import { useIdempotencyKey } from '../idempotency-key.ts'
import { fateOf, problemOf } from '../write-fate.ts'
import { lookAtTunnel, updateTunnel, validateUpdate } from '../writes.ts'
import { editReducer, phaseOf, type Stop, stampOf, startState } from './edit-state.ts'

interface EditOptions {
  tunnel: Tunnel
  version: string
  neighbours: readonly NeighbourTunnel[]
  onSaved: (tunnel: Tunnel) => void
}

/** The whole edit of one tunnel: its form, what was checked, and every way a save can end (screens.md C3). */
export function useEditTunnel(options: EditOptions) {
  const { id } = options.tunnel
  const client = useQueryClient()
  const once = useIdempotencyKey()
  const [saved, setSaved] = useState({ draft: draftOf(options.tunnel), version: options.version })
  const [state, dispatch] = useReducer(editReducer, startState)
  const kit = useTunnelForm({ start: saved.draft, base: saved.draft, neighbours: options.neighbours })
  const patch = patchOf(saved.draft, kit.draft)
  const stamp = stampOf(saved.version, patch)
  const phase = phaseOf(state, stamp, kit.changes.length)
  const isAtWork = useRef(false)
  const isDone = useRef(false)

  const alone = async (work: () => Promise<void>) => {
    if (isAtWork.current) return
    isAtWork.current = true
    await work().finally(() => {
      isAtWork.current = false
    })
  }
  const refuse = (problem: Problem) => {
    showProblem(kit.form, new ProblemError(problem))
    const number = (problem.errors?.length ?? 0) || (problem.upstream?.length ?? 0) || 1
    dispatch({ type: 'judged', verdict: { stamp, kind: 'invalid', count: number, problem } })
  }
  const stopFor = (problem: Problem): Stop | null => {
    switch (fateOf(problem)) {
      case 'conflict':
        return conflictOf(problem)
      case 'gone':
        return { kind: 'gone' }
      case 'unknown':
        return { kind: 'unknown', problem }
      default:
        return { kind: 'unchanged', problem }
    }
  }

  const validate = (goesOn: boolean) =>
    alone(async () => {
      dispatch({ type: 'validating' })
      const number = await kit.check()
      if (number > 0) {
        dispatch({ type: 'judged', verdict: { stamp, kind: 'invalid', count: number, problem: null } })
        return
      }
      try {
        const { checkedAt } = await validateUpdate(id, saved.version, patch)
        dispatch({ type: 'judged', verdict: { stamp, kind: 'valid', at: checkedAt }, goesOn })
      } catch (error) {
        const problem = problemOf(error)
        const fate = fateOf(problem)
        if (problem.status === 401) dispatch({ type: 'interrupted' })
        else if (fate === 'refused') refuse(problem)
        else if (fate === 'conflict' || fate === 'gone') stop(stopFor(problem))
        else dispatch({ type: 'judged', verdict: { stamp, kind: 'unavailable', problem }, goesOn })
      }
    })
  const stop = (reason: Stop | null) => dispatch(reason ? { type: 'stopped', stop: reason } : { type: 'interrupted' })

  const finish = (tunnel: Tunnel) => {
    isDone.current = true
    dispatch({ type: 'saved' })
    void client.invalidateQueries()
    options.onSaved(tunnel)
  }
  const apply = () =>
    alone(async () => {
      if (isDone.current) return
      dispatch({ type: 'applying' })
      try {
        const { tunnel } = await updateTunnel(id, saved.version, patch, once.for([saved.version, patch]))
        finish(tunnel)
      } catch (error) {
        const problem = problemOf(error)
        const fate = fateOf(problem)
        // After a lost answer or a lost session the same key makes the same request once (H3, H6).
        if (fate !== 'unknown' && problem.status !== 401) once.renew()
        if (problem.status === 401) dispatch({ type: 'interrupted' })
        else if (fate === 'refused') refuse(problem)
        else stop(stopFor(problem))
      }
    })

  /** After an unknown outcome: reads what is there, and tells what happened. */
  const lookAgain = async (): Promise<'saved' | 'not-saved' | 'changed' | Problem> => {
    try {
      const now = await lookAtTunnel(id)
      if (!isWholeTunnel(now.tunnel)) return ProblemError.of('forbidden').problem
      const current = now.tunnel
      if (isIn(draftOf(current), kit.changes)) {
        finish(current)
        return 'saved'
      }
      if (now.version === saved.version) return 'not-saved'
      dispatch({ type: 'stopped', stop: { kind: 'conflict', current, version: now.version } })
      return 'changed'
    } catch (error) {
      const problem = problemOf(error)
      if (fateOf(problem) === 'gone') dispatch({ type: 'stopped', stop: { kind: 'gone' } })
      return problem
    }
  }
  /** Goes on from what is there now, with both people's changes in the form. */
  const rebase = (theirs: TunnelDraft, version: string, merged: TunnelDraft) => {
    setSaved({ draft: theirs, version })
    kit.form.reset(formOf(theirs))
    kit.form.reset(formOf(merged), { keepDefaultValues: true })
    once.renew()
    dispatch({ type: 'rebased' })
  }
  return { id, kit, saved, state, phase, dispatch, validate, apply, lookAgain, rebase, isDone }
}

export type Editing = ReturnType<typeof useEditTunnel>

function conflictOf(problem: Problem): Stop {
  const current = Tunnel.safeParse(problem['current'])
  const version = problem['version']
  return current.success && typeof version === 'string'
    ? { kind: 'conflict', current: current.data, version }
    : { kind: 'unchanged', problem }
}

function isIn(draft: TunnelDraft, changes: readonly FieldChange[]): boolean {
  return changes.every(({ path, after }) => sameValue(valueAt(draft, path), after))
}
