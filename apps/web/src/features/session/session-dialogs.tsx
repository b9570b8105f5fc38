import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { signedOut } from '../../lib/api.ts'
import { sessionQuery, useSession } from '../../lib/session.ts'
import { useStore } from '../../lib/store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useNow } from '../../ui/time-ago.tsx'
import { leave } from './queries.ts'
import { SandboxSignIn } from './sandbox-sign-in.tsx'
import { SignInForm } from './sign-in-form.tsx'

const warnBeforeMs = 2 * 60_000

/**
 * Watches the session over the page (H6). When it has ended, a dialog asks to sign in again; the page under it and
 * everything typed there stay. Two minutes before, another dialog warns.
 */
export function SessionDialogs() {
  const { expiresAt } = useSession()
  const hasEnded = useStore(signedOut)
  const leftMs = Date.parse(expiresAt) - useNow().getTime()
  const [declined, setDeclined] = useState('')
  const [isEarly, setEarly] = useState(false)
  useAskAtTheEnd(leftMs <= 0 && !hasEnded)
  const warns = leftMs > 0 && leftMs <= warnBeforeMs && declined !== expiresAt
  if (hasEnded || (isEarly && leftMs <= warnBeforeMs)) {
    return <SignInAgain hasEnded={hasEnded} onClose={() => setEarly(false)} />
  }
  return (
    <Dialog
      open={warns}
      onOpenChange={() => setDeclined(expiresAt)}
      role="alertdialog"
      size="small"
      title="Your session is about to end"
      description={`It ends in ${wordsFor(leftMs)}. Sign in again to go on without a break. What you have typed stays.`}
      footer={
        <>
          <Button onClick={() => setDeclined(expiresAt)}>Not now</Button>
          <Button kind="primary" onClick={() => setEarly(true)}>
            Sign in again
          </Button>
        </>
      }
    />
  )
}

const wordsFor = (leftMs: number) => (leftMs > 90_000 ? '2 minutes' : leftMs > 45_000 ? '1 minute' : 'a few seconds')

/** The server decides when a session is over: it is asked once the time has come. */
function useAskAtTheEnd(isDue: boolean): void {
  const { refetch } = useQuery(sessionQuery())
  // The clock is outside React.
  useEffect(() => {
    if (isDue) void refetch()
  }, [isDue, refetch])
}

function SignInAgain({ hasEnded, onClose }: { hasEnded: boolean; onClose: () => void }) {
  const { user, mode } = useSession()
  return (
    <Dialog
      open
      onOpenChange={onClose}
      dismissable={!hasEnded}
      role="alertdialog"
      size="small"
      title={hasEnded ? 'Your session has ended' : 'Sign in again'}
      description={
        hasEnded
          ? 'Sign in again to go on. The page and what you have typed are kept; then repeat what you were doing.'
          : 'The page and what you have typed are kept.'
      }
    >
      <div className="flex flex-col gap-4 pt-1 pb-2">
        {mode === 'sandbox' ? (
          <SandboxSignIn onSignedIn={onClose} />
        ) : (
          <SignInForm email={user.email} onSignedIn={onClose} />
        )}
        {hasEnded && (
          <Button kind="ghost" size="small" onClick={leave}>
            Leave this page
          </Button>
        )}
      </div>
    </Dialog>
  )
}
