import { useQueryClient } from '@tanstack/react-query'
import { diffDrafts, type FieldChange } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { fateOf } from '@tunnel-console/shared/fate'
import { formOf } from '@tunnel-console/shared/form'
import { patchOf } from '@tunnel-console/shared/patch'
import type { Problem } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { useRef, useState } from 'react'
import { type UndoMinutes, updateTunnel, validateUpdate } from '../../../data/tunnel-writes.ts'
import { serverNow } from '../../../lib/server-clock.ts'
import { type NeighbourTunnel, useTunnelForm } from '../form/use-tunnel-form.ts'
import { keepEdit, takeKeptEdit } from '../kept-draft.ts'
import { useIsHere } from '../use-is-here.ts'
import { useWrite } from '../write/use-write.ts'
import { showRefusal, validateForm } from '../write/validate-form.ts'
import { phaseOf, stampOf, type WriteEvent } from '../write/write-state.ts'
import { tunnelEventFor } from './edit-events.ts'
import { isRisky } from './review.tsx'
import { whyNoUndo } from './why-no-undo.ts'

export interface Saved {
  /** What was asked for. */
  changes: readonly FieldChange[]
  /** By path: what Cloudflare stored with another value than was asked for. */
  notApplied: string[]
  isRisky: boolean
  undoMinutes: UndoMinutes
  /** When it was sent, by the server's clock, in milliseconds. */
  sentAt: number
}

export type OnSaved = (tunnel: { name: string }, told: Saved) => void

interface EditOptions {
  tunnel: Tunnel
  version: string
  /** What the form starts with, where that is not the tunnel as it is: a former version laid over it. */
  start?: TunnelDraft | undefined
  neighbours: readonly NeighbourTunnel[]
  onSaved: OnSaved
}

/** The whole edit of one tunnel: its form, what was checked, and every way a save can end. */
export function useEditTunnel({ tunnel, neighbours, ...options }: EditOptions) {
  const { id } = tunnel
  const client = useQueryClient()
  const [kept] = useState(() => takeKeptEdit(id))
  const [saved, setSaved] = useState(kept?.saved ?? { draft: draftOf(tunnel), version: options.version })
  const [reason, setReason] = useState(kept?.reason ?? '')
  const [isAsking, setAsking] = useState(false)
  const isHere = useIsHere()
  const [asked, setUndoMinutes] = useState<UndoMinutes>(kept?.undoMinutes ?? null)
  const kit = useTunnelForm({ start: kept?.draft ?? options.start ?? saved.draft, base: saved.draft, neighbours })
  const patch = patchOf(saved.draft, kit.draft)
  const seen = { id, version: saved.version }
  const stamp = stampOf(saved.version, patch)
  const latestStamp = useRef(stamp)
  latestStamp.current = stamp

  const noUndo = whyNoUndo(saved.draft, kit.draft)
  const undoMinutes = noUndo === null ? asked : null

  const sentAt = useRef(0)
  const finish = (now: { name: string }, notApplied: string[] = []) => {
    void client.invalidateQueries()
    const isHighRisk = isRisky(saved.draft, kit.draft)
    const told = { changes: kit.changes, notApplied, isRisky: isHighRisk, undoMinutes, sentAt: sentAt.current }
    options.onSaved(now, told)
  }
  const write = useWrite({
    payload: [saved.version, patch, undoMinutes],
    send: (key) => {
      sentAt.current = serverNow().getTime()
      return updateTunnel(seen, patch, { key, reason, undoMinutes })
    },
    onApplied: ({ tunnel: now, notApplied }) => finish(now, notApplied),
    onAppliedLate: ({ tunnel: now }) => finish(now ?? kit.draft),
    eventFor: (problem) => eventFor(problem, undoMinutes, () => showRefusal(kit, problem, stamp)),
    left: {
      name: saved.draft.name,
      done: 'saved',
      form: { path: `/tunnels/${id}/edit`, keep: () => keepEdit({ id, draft: kit.draft, reason, undoMinutes, saved }) },
      pageOf: () => `/tunnels/${id}`,
      onApplied: () => void client.invalidateQueries(),
    },
  })
  const { state, dispatch } = write
  const validate = (goesOn: boolean) =>
    write.free(() =>
      validateForm(
        { kit, stamp, dispatch },
        {
          ask: () => validateUpdate(seen, patch),
          eventFor: tunnelEventFor,
          // What was typed since has not been checked.
          goesOn: () => goesOn && latestStamp.current === stamp,
        },
      ),
    )
  /** Goes on from what is there now, with both people's changes in the form. */
  const rebase = (theirs: TunnelDraft, version: string, merged: TunnelDraft) => {
    setSaved({ draft: theirs, version })
    kit.form.reset(formOf(theirs))
    kit.form.reset(formOf(merged), { keepDefaultValues: true })
    write.startOver()
  }
  return {
    id,
    kit,
    saved,
    /** Why, for the audit log. It stays while the form is gone back to. */
    reason,
    setReason,
    undoMinutes,
    setUndoMinutes,
    /** Why it cannot undo itself. */
    noUndo,
    /** Whether the form holds what would be lost with it: a version that it was opened with comes back by its address. */
    hasTyped:
      kit.changes.length > 0 && diffDrafts(kept ? saved.draft : (options.start ?? saved.draft), kit.draft).length > 0,
    state,
    phase: phaseOf(state, stamp, kit.changes.length),
    watch: write.watch,
    dispatch,
    validate,
    apply: () => write.send(),
    rebase,
    isDone: write.isDone,
    /** Somebody else is being asked to approve it. */
    isAsking,
    setAsking,
    isHere,
  }
}

function eventFor(problem: Problem, undoMinutes: UndoMinutes, refused: () => WriteEvent): WriteEvent {
  // Every field has passed the same checks by now: it is told where the undo was asked for, and the review stays.
  const isOfUndo = undoMinutes !== null && problem.code === 'invalid'
  if (fateOf(problem) === 'refused' && !isOfUndo) return refused()
  return tunnelEventFor(problem) ?? { type: 'stopped', stop: { kind: 'unchanged', problem } }
}

export type Editing = ReturnType<typeof useEditTunnel>
