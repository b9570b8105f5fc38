import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { sessionQuery, useSession } from '../../data/session.ts'
import { signedOut } from '../../lib/signed-out.ts'
import { useStore } from '../../lib/store.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { PartMissing } from '../../ui/part-missing.tsx'
import { useNow } from '../../ui/time-ago.tsx'

const warnBeforeMs = 2 * 60_000

const load = () => import('./session-dialogs.tsx')
const SignInAgain = lazyPart(async () => (await load()).SignInAgain, {
  Missing: ({ retry }) => <PartMissing retry={retry} look="card" />,
})
const EndWarning = lazyPart(async () => (await load()).EndWarning, { Missing: () => null })

/** Comes with each page that holds typed values or a key: there the dialogs must be at hand, whatever the server still has. */
export async function loadSessionDialogs(): Promise<void> {
  await load()
  await Promise.all([SignInAgain.preload(), EndWarning.preload()])
}

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
  const isLate = leftMs > 0 && leftMs <= warnBeforeMs
  const asks = hasEnded || (isEarly && isLate)
  return (
    <>
      {asks && <SignInAgain hasEnded={hasEnded} onClose={() => setEarly(false)} />}
      {!asks && isLate && declined !== expiresAt && (
        <EndWarning leftMs={leftMs} onDecline={() => setDeclined(expiresAt)} onSignIn={() => setEarly(true)} />
      )}
    </>
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
