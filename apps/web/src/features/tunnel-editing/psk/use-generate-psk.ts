import type { Problem } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { type RevealedKey, requestPsk } from '../../../data/psk.ts'
import { useWrite } from '../write/use-write.ts'
import type { Stop, WriteState } from '../write/write-state.ts'

export type PskState =
  | { step: 'warn' }
  | { step: 'generating' }
  | { step: 'revealed'; key: RevealedKey }
  | { step: 'hidden'; ipsecId: string | undefined }
  | { step: 'unknown'; lost: Extract<Stop, { kind: 'unknown' }> }
  /** A key was made, or may have been, and nobody has it. */
  | { step: 'lost' }
  | { step: 'failed'; problem: Problem }

type Secret = Extract<PskState, { step: 'revealed' | 'hidden' }>

/** The life of one key. It is in this state and nowhere else, and `hide` or unmounting drops it (S19). */
export function useGeneratePsk(tunnelId: string) {
  const [secret, setSecret] = useState<Secret | null>(null)
  const write = useWrite({
    payload: tunnelId,
    send: (key) => requestPsk(tunnelId, key),
    onApplied: (key) => setSecret({ step: 'revealed', key }),
    onAppliedLate: () => undefined,
  })
  const hide = () => setSecret((now) => (now?.step === 'revealed' ? { step: 'hidden', ipsecId: now.key.ipsecId } : now))
  /** Back to the warning: another key is another decision, and another request. */
  const startOver = () => {
    setSecret(null)
    write.startOver()
  }
  const state = secret ?? stateOf(write.state)
  return { state, watch: write.watch, generate: () => write.send(), hide, startOver }
}

function stateOf({ work, stop }: WriteState): PskState {
  if (work === 'applying') return { step: 'generating' }
  // It was applied, and no key came of it.
  if (work === 'saved') return { step: 'lost' }
  if (stop?.kind === 'unknown') return { step: 'unknown', lost: stop }
  if (stop?.kind !== 'unchanged') return { step: 'warn' }
  return stop.problem.code === 'already-revealed' ? { step: 'lost' } : { step: 'failed', problem: stop.problem }
}
