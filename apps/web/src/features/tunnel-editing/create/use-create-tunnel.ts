import { useQueryClient } from '@tanstack/react-query'
import type { TunnelDraft } from '@tunnel-console/shared/draft'
import { useReducer, useRef } from 'react'
import { editReducer, phaseOf, startState } from '../edit/edit-state.ts'
import { type NeighbourTunnel, useTunnelForm } from '../form/use-tunnel-form.ts'
import { useIdempotencyKey } from '../idempotency-key.ts'
import { useAlone } from '../use-alone.ts'
import {
  type CreateAttempt,
  type Created,
  createNew,
  lookForCreated,
  passesOurChecks,
  type SentCreate,
  validateNew,
} from './create-actions.ts'

interface CreateOptions {
  start: TunnelDraft
  neighbours: readonly NeighbourTunnel[]
  onCreated: (tunnel: Created) => void
}

/** A new tunnel: the same form and the same answers as an edit, without a version to defend. */
export function useCreateTunnel({ start, neighbours, onCreated }: CreateOptions) {
  const client = useQueryClient()
  const once = useIdempotencyKey()
  const alone = useAlone()
  const kit = useTunnelForm({ start, neighbours })
  const [state, dispatch] = useReducer(editReducer, startState)
  const triedAt = useRef(0)
  const sent = useRef<(SentCreate & { stamp: string }) | null>(null)
  const isDone = useRef(false)
  const stamp = JSON.stringify(kit.draft)

  const finish = (tunnel: Created) => {
    isDone.current = true
    dispatch({ type: 'saved' })
    void client.invalidateQueries()
    onCreated(tunnel)
  }
  const attempt: CreateAttempt = { stamp, kit, once, dispatch, onCreated: finish }
  const run = (type: 'validating' | 'applying', send: (attempt: CreateAttempt) => Promise<void>) =>
    alone(async () => {
      if (isDone.current || state.stop?.kind === 'unknown') return
      dispatch({ type })
      if (await passesOurChecks(attempt)) await send(attempt)
      triedAt.current = Date.now()
    })
  const send = (now: CreateAttempt) => {
    // The same thing sent again may have arrived the first time: what was known then still counts.
    if (sent.current?.stamp !== stamp) {
      sent.current = { stamp, draft: kit.draft, known: new Set(neighbours.map(({ id }) => id)) }
    }
    return createNew(now)
  }
  return {
    kit,
    state,
    phase: phaseOf(state, stamp, 1),
    dispatch,
    validate: () => run('validating', validateNew),
    create: () => run('applying', send),
    lookAgain: () => lookForCreated(sent.current ?? { draft: kit.draft, known: new Set() }, triedAt.current, finish),
    isDone,
  }
}

export type Creating = ReturnType<typeof useCreateTunnel>
