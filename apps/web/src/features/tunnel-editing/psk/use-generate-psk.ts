import type { Problem } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { keyOfOne, type RevealedKey, requestPsk, setOwnKey } from '../../../data/psk.ts'
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

/** A key of the person's own. `edit` counts its edits: what is sent is told apart by it, and no stamp holds the key. */
export interface OwnKey {
  psk: string
  edit: number
}

interface PskOptions {
  tunnelId: string
  /** `null`: Cloudflare makes one. */
  own: OwnKey | null
  /** A key is in force from now on, and only here. */
  onRevealed: () => void
}

/** The life of one key. It is in this state and nowhere else, and `hide` or unmounting drops it (S19). */
export function useGeneratePsk({ tunnelId, own, onRevealed }: PskOptions) {
  const [secret, setSecret] = useState<Secret | null>(null)
  const reveal = (key: RevealedKey) => {
    setSecret({ step: 'revealed', key })
    onRevealed()
  }
  const write = useWrite({
    payload: [tunnelId, own?.edit ?? 'generated'],
    send: (key) => (own ? setOwnKey(tunnelId, own.psk, key) : requestPsk(tunnelId, key)),
    askedBy: (key) => (own ? keyOfOne(key, tunnelId) : key),
    onApplied: reveal,
    // A key of one's own is known here, whatever became of the answer.
    onAppliedLate: () => own && reveal({ psk: own.psk, ipsecId: undefined }),
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
