import { useQueryClient } from '@tanstack/react-query'
import type { TunnelDraft } from '@tunnel-console/shared/draft'
import { inputOf } from '@tunnel-console/shared/patch'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { useReducer, useRef } from 'react'
import { showProblem } from '../../../lib/form.ts'
import { editReducer, phaseOf, startState } from '../edit/edit-state.ts'
import type { NeighbourTunnel } from '../form/tunnel-fields.tsx'
import { useTunnelForm } from '../form/use-tunnel-form.ts'
import { useIdempotencyKey } from '../idempotency-key.ts'
import type { Look } from '../unknown-panel.tsx'
import { fateOf, problemOf } from '../write-fate.ts'
import { createTunnel, lookAtList, validateCreate } from '../writes.ts'

export interface Created {
  id: string
  name: string
}

interface CreateOptions {
  start: TunnelDraft
  neighbours: readonly NeighbourTunnel[]
  onCreated: (tunnel: Created) => void
}

/** A new tunnel: the same form and the same answers as an edit, without a version to defend. */
export function useCreateTunnel({ start, neighbours, onCreated }: CreateOptions) {
  const client = useQueryClient()
  const once = useIdempotencyKey()
  const kit = useTunnelForm({ start, neighbours })
  const [state, dispatch] = useReducer(editReducer, startState)
  const failedAt = useRef(0)
  const isAtWork = useRef(false)
  const isDone = useRef(false)
  const stamp = JSON.stringify(kit.draft)
  const phase = phaseOf(state, stamp, 1)

  const attempt = async (type: 'validating' | 'applying', send: () => Promise<void>) => {
    if (isAtWork.current || isDone.current) return
    isAtWork.current = true
    dispatch({ type })
    const count = await kit.check()
    if (count > 0) dispatch({ type: 'judged', verdict: { stamp, kind: 'invalid', count, problem: null } })
    else await send()
    isAtWork.current = false
  }
  const refuse = (problem: Problem) => {
    showProblem(kit.form, new ProblemError(problem))
    const count = (problem.errors?.length ?? 0) || (problem.upstream?.length ?? 0) || 1
    dispatch({ type: 'judged', verdict: { stamp, kind: 'invalid', count, problem } })
  }
  const finish = (tunnel: Created) => {
    isDone.current = true
    dispatch({ type: 'saved' })
    void client.invalidateQueries()
    onCreated(tunnel)
  }

  const validate = () =>
    attempt('validating', async () => {
      try {
        const { checkedAt } = await validateCreate(inputOf(kit.draft))
        dispatch({ type: 'judged', verdict: { stamp, kind: 'valid', at: checkedAt } })
      } catch (error) {
        const problem = problemOf(error)
        if (problem.status === 401) dispatch({ type: 'interrupted' })
        else if (fateOf(problem) === 'refused') refuse(problem)
        else dispatch({ type: 'judged', verdict: { stamp, kind: 'unavailable', problem } })
      }
    })

  const create = () =>
    attempt('applying', async () => {
      const input = inputOf(kit.draft)
      try {
        const { tunnel } = await createTunnel(input, once.for(input))
        finish(tunnel)
      } catch (error) {
        const problem = problemOf(error)
        const fate = fateOf(problem)
        failedAt.current = Date.now()
        // After a lost answer or a lost session the same key makes the same tunnel once (H3, H6).
        if (fate !== 'unknown' && problem.status !== 401) once.renew()
        if (problem.status === 401) dispatch({ type: 'interrupted' })
        else if (fate === 'refused') refuse(problem)
        else dispatch({ type: 'stopped', stop: { kind: fate === 'unknown' ? 'unknown' : 'unchanged', problem } })
      }
    })

  /** After an unknown outcome: names are unique, so the list tells. It must be newer than the failure to say "no". */
  const lookAgain = async (): Promise<Look> => {
    try {
      const { tunnels, fetchedAt } = await lookAtList()
      const found = tunnels.find(({ name }) => name === kit.draft.name)
      if (found) {
        finish(found)
        return 'saved'
      }
      if (Date.parse(fetchedAt) > failedAt.current) return 'not-saved'
      return ProblemError.of('upstream-unavailable', {
        detail: 'The list has not been read anew since. Check again in a few seconds.',
      }).problem
    } catch (error) {
      return problemOf(error)
    }
  }
  return { kit, state, phase, dispatch, validate, create, lookAgain, isDone }
}

export type Creating = ReturnType<typeof useCreateTunnel>
