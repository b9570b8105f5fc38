import { useQueryClient } from '@tanstack/react-query'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { formOf } from '@tunnel-console/shared/form'
import { patchOf } from '@tunnel-console/shared/patch'
import { fateOf, type Problem } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { useRef, useState } from 'react'
import { updateTunnel, validateUpdate } from '../../../data/tunnel-writes.ts'
import { type NeighbourTunnel, useTunnelForm } from '../form/use-tunnel-form.ts'
import { keepEdit, takeKeptEdit } from '../kept-draft.ts'
import { useWrite } from '../write/use-write.ts'
import { showRefusal, validateForm } from '../write/validate-form.ts'
import { phaseOf, stampOf, type WriteEvent } from '../write/write-state.ts'
import { tunnelEventFor } from './edit-events.ts'

/** `changes` is what was asked for; `notApplied` are fields, by path, that Cloudflare stored with another value than was asked for. */
export type OnSaved = (
  tunnel: { name: string },
  told: { changes: readonly FieldChange[]; notApplied: string[] },
) => void

interface EditOptions {
  tunnel: Tunnel
  version: string
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
  const kit = useTunnelForm({ start: kept?.draft ?? saved.draft, base: saved.draft, neighbours })
  const patch = patchOf(saved.draft, kit.draft)
  const seen = { id, version: saved.version }
  const stamp = stampOf(saved.version, patch)
  const latestStamp = useRef(stamp)
  latestStamp.current = stamp

  const finish = (now: { name: string }, notApplied: string[] = []) => {
    void client.invalidateQueries()
    options.onSaved(now, { changes: kit.changes, notApplied })
  }
  const write = useWrite({
    payload: [saved.version, patch],
    send: (key) => updateTunnel(seen, patch, key, reason),
    onApplied: ({ tunnel: now, notApplied }) => finish(now, notApplied),
    onAppliedLate: ({ tunnel: now }) => finish(now ?? kit.draft),
    eventFor: (problem) => eventFor(problem, () => showRefusal(kit, problem, stamp)),
    left: {
      name: saved.draft.name,
      done: 'saved',
      form: { path: `/tunnels/${id}/edit`, keep: () => keepEdit({ id, draft: kit.draft, reason, saved }) },
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
    state,
    phase: phaseOf(state, stamp, kit.changes.length),
    watch: write.watch,
    dispatch,
    validate,
    apply: () => write.send(),
    rebase,
    isDone: write.isDone,
  }
}

function eventFor(problem: Problem, refused: () => WriteEvent): WriteEvent {
  if (fateOf(problem) === 'refused') return refused()
  return tunnelEventFor(problem) ?? { type: 'stopped', stop: { kind: 'unchanged', problem } }
}

export type Editing = ReturnType<typeof useEditTunnel>
