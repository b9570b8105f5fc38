import { useQueryClient } from '@tanstack/react-query'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { formOf } from '@tunnel-console/shared/form'
import { patchOf } from '@tunnel-console/shared/patch'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { useReducer, useRef, useState } from 'react'
import { type NeighbourTunnel, useTunnelForm } from '../form/use-tunnel-form.ts'
import { useIdempotencyKey } from '../idempotency-key.ts'
import { useAlone } from '../use-alone.ts'
import { applyEdit, type EditAttempt, lookAgain, type OnSaved, validateEdit } from './edit-actions.ts'
import { editReducer, phaseOf, stampOf, startState } from './edit-state.ts'

interface EditOptions {
  tunnel: Tunnel
  version: string
  neighbours: readonly NeighbourTunnel[]
  onSaved: OnSaved
}

/** The whole edit of one tunnel: its form, what was checked, and every way a save can end (screens.md C3). */
export function useEditTunnel({ tunnel, neighbours, ...options }: EditOptions) {
  const { id } = tunnel
  const client = useQueryClient()
  const once = useIdempotencyKey()
  const alone = useAlone()
  const isDone = useRef(false)
  const [saved, setSaved] = useState({ draft: draftOf(tunnel), version: options.version })
  const [state, dispatch] = useReducer(editReducer, startState)
  const kit = useTunnelForm({ start: saved.draft, base: saved.draft, neighbours })
  const patch = patchOf(saved.draft, kit.draft)
  const stamp = stampOf(saved.version, patch)
  const latestStamp = useRef(stamp)
  latestStamp.current = stamp

  const onSaved: OnSaved = (now, notApplied) => {
    isDone.current = true
    dispatch({ type: 'saved' })
    void client.invalidateQueries()
    options.onSaved(now, notApplied)
  }
  const isCurrent = () => latestStamp.current === stamp
  const attempt: EditAttempt = { id, version: saved.version, patch, stamp, isCurrent, kit, once, dispatch, onSaved }
  /** Goes on from what is there now, with both people's changes in the form. */
  const rebase = (theirs: TunnelDraft, version: string, merged: TunnelDraft) => {
    setSaved({ draft: theirs, version })
    kit.form.reset(formOf(theirs))
    kit.form.reset(formOf(merged), { keepDefaultValues: true })
    once.renew()
    dispatch({ type: 'rebased' })
  }
  return {
    id,
    kit,
    saved,
    state,
    phase: phaseOf(state, stamp, kit.changes.length),
    dispatch,
    validate: (goesOn: boolean) => alone(() => validateEdit(attempt, goesOn)),
    apply: () => alone(async () => (isDone.current ? undefined : applyEdit(attempt))),
    lookAgain: () => lookAgain(attempt),
    rebase,
    isDone,
  }
}

export type Editing = ReturnType<typeof useEditTunnel>
