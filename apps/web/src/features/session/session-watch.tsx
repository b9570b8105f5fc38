import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { sessionQuery, useSession } from '../../data/session.ts'
import { doubtedRole } from '../../lib/doubted-role.ts'
import { signedOut } from '../../lib/signed-out.ts'
import { useStore } from '../../lib/store.ts'
import { EndWarning, IdleWarning, SignInAgain } from './session-dialog-slots.tsx'
import { useActivity } from './use-activity.ts'
import { useLeft } from './use-left.ts'

const warnBeforeMs = 2 * 60_000

/**
 * Watches the session over the page (H6, S32). When it has ended, a dialog asks to sign in again; the page under it and
 * everything typed there stay. Two minutes before, another dialog warns: of the idle end, which one press puts off, or of
 * the last end, after which only a new sign-in helps.
 */
export function SessionWatch() {
  const { expiresAt, idleEndsAt } = useSession()
  const hasEnded = useStore(signedOut)
  const idleMs = useLeft(idleEndsAt)
  const lastMs = useLeft(expiresAt)
  const [declined, setDeclined] = useState('')
  const [isEarly, setEarly] = useState(false)
  const isIdle = idleMs < lastMs
  const leftMs = Math.min(idleMs, lastMs)
  const isLate = leftMs > 0 && leftMs <= warnBeforeMs
  const isNearLast = lastMs > 0 && lastMs <= warnBeforeMs
  const asks = hasEnded || (isEarly && isNearLast)
  const warnsOfIdle = !asks && isLate && isIdle
  useAskAnew(leftMs <= 0 && !hasEnded)
  useActivity(warnsOfIdle)
  return (
    <>
      {asks && <SignInAgain ended={hasEnded && (idleMs <= 0 ? 'idle' : 'other')} onClose={() => setEarly(false)} />}
      {warnsOfIdle && <IdleWarning leftMs={leftMs} />}
      {!asks && isLate && !isIdle && declined !== expiresAt && (
        <EndWarning leftMs={leftMs} onDecline={() => setDeclined(expiresAt)} onSignIn={() => setEarly(true)} />
      )}
    </>
  )
}

/** The server decides when a session is over and what a role may do: it is asked once there is a doubt. */
function useAskAnew(isDue: boolean): void {
  const { refetch } = useQuery(sessionQuery())
  const doubts = useStore(doubtedRole)
  const known = useRef(doubts)
  // The clock, and what the BFF refuses, are outside React.
  useEffect(() => {
    if (!isDue && doubts === known.current) return
    known.current = doubts
    void refetch()
  }, [isDue, doubts, refetch])
}
