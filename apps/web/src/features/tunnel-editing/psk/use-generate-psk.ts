import { fateOf, type Problem, problemOf } from '@tunnel-console/shared/problem'
import { useRef, useState } from 'react'
import { useIdempotencyKey } from '../../../data/idempotency-key.ts'
import { type RevealedKey, requestPsk } from '../../../data/psk.ts'

export type PskState =
  | { step: 'warn' }
  | { step: 'generating' }
  | { step: 'revealed'; key: RevealedKey }
  | { step: 'hidden'; ipsecId: string | undefined }
  | { step: 'failed'; problem: Problem }

/** The life of one key. It is in this state and nowhere else, and `hide` or unmounting drops it (S19). */
export function useGeneratePsk(tunnelId: string) {
  const [state, setState] = useState<PskState>({ step: 'warn' })
  const isAsking = useRef(false)
  const once = useIdempotencyKey()

  const generate = async () => {
    if (isAsking.current) return
    isAsking.current = true
    setState({ step: 'generating' })
    try {
      const key = await requestPsk(tunnelId, once.for(tunnelId))
      setState({ step: 'revealed', key })
    } catch (error) {
      const problem = problemOf(error)
      if (fateOf(problem) !== 'unknown') once.renew()
      setState({ step: 'failed', problem })
    } finally {
      isAsking.current = false
    }
  }
  const hide = () => setState((now) => (now.step === 'revealed' ? { step: 'hidden', ipsecId: now.key.ipsecId } : now))
  /** Back to the warning: another key is another decision, and another request. */
  const startOver = () => {
    once.renew()
    setState({ step: 'warn' })
  }
  return { state, generate, hide, startOver }
}
