import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { sessionQuery, useSession } from '../../data/session.ts'
import { doubtedRole } from '../../lib/doubted-role.ts'
import { signedOut } from '../../lib/signed-out.ts'
import { useStore } from '../../lib/store.ts'
import { useActivity } from './use-activity.ts'
import { useLeft } from './use-left.ts'

const warnBeforeMs = 2 * 60_000

const load = () => import('./session-dialogs.tsx')
const SignInAgain = lazy(async () => ({ default: (await load()).SignInAgain }))
const EndWarning = lazy(async () => ({ default: (await load()).EndWarning }))
const IdleWarning = lazy(async () => ({ default: (await load()).IdleWarning }))

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
  useDialogsAtHand()
  return (
    <Suspense>
      {asks && <SignInAgain ended={hasEnded && (idleMs <= 0 ? 'idle' : 'other')} onClose={() => setEarly(false)} />}
      {warnsOfIdle && <IdleWarning leftMs={leftMs} />}
      {!asks && isLate && !isIdle && declined !== expiresAt && (
        <EndWarning leftMs={leftMs} onDecline={() => setDeclined(expiresAt)} onSignIn={() => setEarly(true)} />
      )}
    </Suspense>
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

/** Fetches the dialogs while all is well: when they are needed, their chunk may be gone from the server. */
function useDialogsAtHand(): void {
  // Fetching code ahead is no part of what is shown.
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), 3000)
    return () => clearTimeout(timer)
  }, [])
}
