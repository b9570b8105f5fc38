import { useQueryClient } from '@tanstack/react-query'
import type { TunnelDraft } from '@tunnel-console/shared/draft'
import { fateOf } from '@tunnel-console/shared/fate'
import { inputOf } from '@tunnel-console/shared/patch'
import type { Problem } from '@tunnel-console/shared/problem'
import { createTunnel, validateCreate } from '../../../data/tunnel-writes.ts'
import { type NeighbourTunnel, useTunnelForm } from '../form/use-tunnel-form.ts'
import { keepDraft } from '../kept-draft.ts'
import type { OwnKey } from '../psk/use-generate-psk.ts'
import { useWrite } from '../write/use-write.ts'
import { passesOurChecks, showRefusal, validateForm } from '../write/validate-form.ts'
import { phaseOf, type WriteEvent, type WriteState } from '../write/write-state.ts'

/** A tunnel that was created. Its id is `null` when the answer was lost, and with it the id. */
export interface Created {
  id: string | null
  name: string
  /** It was made with a key of the person's own. */
  hasKey: boolean
}

interface CreateOptions {
  start: TunnelDraft
  neighbours: readonly NeighbourTunnel[]
  /** A key of one's own, or an empty text. It is beside the form: no draft that is kept may hold it (S22). */
  own: OwnKey
  /** The way back to the form, for whoever leaves it before it is known what became of it. */
  path: string
  onCreated: (tunnel: Created) => void
  /** It was created after the page was left. */
  onCreatedAway: () => void
}

/** A new tunnel: the same form and the same answers as an edit, without a version to defend. */
export function useCreateTunnel({ start, neighbours, own, path, onCreated, onCreatedAway }: CreateOptions) {
  const client = useQueryClient()
  const kit = useTunnelForm({ start, neighbours })
  const input = inputOf(kit.draft)
  const hasKey = own.psk !== ''
  const body = () => (hasKey ? { ...input, psk: own.psk } : input)
  const stamp = JSON.stringify([kit.draft, own.edit])
  const finish = (tunnel: Omit<Created, 'hasKey'>) => {
    void client.invalidateQueries()
    onCreated({ ...tunnel, hasKey })
  }
  const write = useWrite({
    payload: [input, own.edit],
    send: (key) => createTunnel(body(), key),
    onApplied: ({ tunnel }) => finish(tunnel),
    onAppliedLate: ({ tunnel }) => finish(tunnel ?? { id: null, name: kit.draft.name }),
    eventFor: (problem) => createEventFor(problem, () => showRefusal(kit, problem, stamp)),
    left: {
      name: kit.draft.name,
      done: 'created',
      form: { path, keep: () => keepDraft(kit.draft) },
      pageOf: ({ tunnel }) => (tunnel ? `/tunnels/${tunnel.id}` : null),
      onApplied: () => {
        onCreatedAway()
        void client.invalidateQueries()
      },
    },
  })
  const attempt = { kit, stamp, dispatch: write.dispatch }
  const ask = { ask: () => validateCreate(body()), eventFor: () => null, goesOn: () => false }
  return {
    kit,
    state: write.state,
    phase: phaseOf(write.state, stamp, 1),
    watch: write.watch,
    validate: () => write.free(() => validateForm(attempt, ask)),
    create: () => write.send(() => passesOurChecks(attempt)),
    keyProblem: keyProblemIn(write.state, stamp),
    isDone: write.isDone,
  }
}

/** What was answered to the key, as long as it is the one that was asked about. */
function keyProblemIn({ verdict }: WriteState, stamp: string): string | null {
  if (verdict?.kind !== 'invalid' || verdict.stamp !== stamp) return null
  return verdict.problem?.errors?.find(({ pointer }) => pointer === '/psk')?.detail ?? null
}

function createEventFor(problem: Problem, refused: () => WriteEvent): WriteEvent {
  return fateOf(problem) === 'refused' ? refused() : { type: 'stopped', stop: { kind: 'unchanged', problem } }
}

export type Creating = ReturnType<typeof useCreateTunnel>
