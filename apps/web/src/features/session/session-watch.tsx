import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { sessionQuery, useSession } from '../../data/session.ts'
import { signedOut } from '../../lib/signed-out.ts'
import { useStore } from '../../lib/store.ts'
import { useNow } from '../../ui/time-ago.tsx'

const warnBeforeMs = 2 * 60_000

const load = () => import('./session-dialogs.tsx')
const SignInAgain = lazy(async () => ({ default: (await load()).SignInAgain }))
const EndWarning = lazy(async () => ({ default: (await load()).EndWarning }))

/**
 * Watches the session over the page (H6). When it has ended, a dialog asks to sign in again; the page under it and
 * everything typed there stay. Two minutes before, another dialog warns.
 */
export function SessionWatch() {
  const { expiresAt } = useSession()
  const hasEnded = useStore(signedOut)
  const leftMs = Date.parse(expiresAt) - useNow().getTime()
  const [declined, setDeclined] = useState('')
  const [isEarly, setEarly] = useState(false)
  useAskAtTheEnd(leftMs <= 0 && !hasEnded)
  useDialogsAtHand()
  const isLate = leftMs > 0 && leftMs <= warnBeforeMs
  const asks = hasEnded || (isEarly && isLate)
  return (
    <Suspense>
      {asks && <SignInAgain hasEnded={hasEnded} onClose={() => setEarly(false)} />}
      {!asks && isLate && declined !== expiresAt && (
        <EndWarning leftMs={leftMs} onDecline={() => setDeclined(expiresAt)} onSignIn={() => setEarly(true)} />
      )}
    </Suspense>
  )
}

/** The server decides when a session is over: it is asked once the time has come. */
function useAskAtTheEnd(isDue: boolean): void {
  const { refetch } = useQuery(sessionQuery())
  // The clock is outside React.
  useEffect(() => {
    if (isDue) void refetch()
  }, [isDue, refetch])
}

/** Fetches the dialogs while all is well: when they are needed, their chunk may be gone from the server. */
function useDialogsAtHand(): void {
  // Fetching code ahead is no part of what is shown.
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), 3000)
    return () => clearTimeout(timer)
  }, [])
}
