import { useQueryClient } from '@tanstack/react-query'
import type { TunnelDraft } from '@tunnel-console/shared/draft'
import { inputOf } from '@tunnel-console/shared/patch'
import { fateOf, type Problem } from '@tunnel-console/shared/problem'
import { createTunnel, validateCreate } from '../../../data/tunnel-writes.ts'
import { type NeighbourTunnel, useTunnelForm } from '../form/use-tunnel-form.ts'
import { keepDraft } from '../kept-draft.ts'
import { useWrite } from '../write/use-write.ts'
import { passesOurChecks, showRefusal, validateForm } from '../write/validate-form.ts'
import { phaseOf, type WriteEvent } from '../write/write-state.ts'

/** A tunnel that was created. Its id is `null` when the answer was lost, and with it the id. */
export interface Created {
  id: string | null
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
  const kit = useTunnelForm({ start, neighbours })
  const input = inputOf(kit.draft)
  const stamp = JSON.stringify(kit.draft)
  const finish = (tunnel: Created) => {
    void client.invalidateQueries()
    onCreated(tunnel)
  }
  const write = useWrite({
    payload: input,
    send: (key) => createTunnel(input, key),
    onApplied: ({ tunnel }) => finish(tunnel),
    onAppliedLate: ({ tunnel }) => finish(tunnel ?? { id: null, name: kit.draft.name }),
    eventFor: (problem) => createEventFor(problem, () => showRefusal(kit, problem, stamp)),
    left: {
      name: kit.draft.name,
      done: 'created',
      form: { path: '/tunnels/new', keep: () => keepDraft(kit.draft) },
      pageOf: ({ tunnel }) => (tunnel ? `/tunnels/${tunnel.id}` : null),
      onApplied: () => void client.invalidateQueries(),
    },
  })
  const attempt = { kit, stamp, dispatch: write.dispatch }
  const ask = { ask: () => validateCreate(input), eventFor: () => null, goesOn: () => false }
  return {
    kit,
    state: write.state,
    phase: phaseOf(write.state, stamp, 1),
    watch: write.watch,
    validate: () => write.free(() => validateForm(attempt, ask)),
    create: () => write.send(() => passesOurChecks(attempt)),
    isDone: write.isDone,
  }
}

function createEventFor(problem: Problem, refused: () => WriteEvent): WriteEvent {
  return fateOf(problem) === 'refused' ? refused() : { type: 'stopped', stop: { kind: 'unchanged', problem } }
}

export type Creating = ReturnType<typeof useCreateTunnel>
