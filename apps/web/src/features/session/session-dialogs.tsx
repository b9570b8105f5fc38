import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { stay } from '../../data/activity.ts'
import { useSession } from '../../data/session.ts'
import { leave, welcome } from '../../data/sign-in.ts'
import { signOut } from '../../data/sign-out.ts'
import { countdown } from '../../lib/countdown.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Ask } from '../../ui/needs-role.tsx'
import { SandboxSignIn } from './sandbox-sign-in.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Any answer but signing out is an act of a person, and keeps the session: Escape and the cross too. */
export function IdleWarning({ leftMs }: { leftMs: number }) {
  const client = useQueryClient()
  const staying = useMutation({ mutationFn: () => stay(client) })
  const leaving = useMutation(signOut())
  const main = useRef<HTMLButtonElement>(null)
  const error = staying.error ?? leaving.error
  return (
    <Dialog
      open
      onOpenChange={() => staying.mutate()}
      role="alertdialog"
      size="small"
      initialFocus={main}
      title={<span className="nums">You will be signed out in {countdown(leftMs)}</span>}
      description="Nothing was done here for a while. When the time runs out, the page and what you have typed stay, and you sign in again to go on."
      footer={
        <>
          <Button busy={leaving.isPending} onClick={() => leaving.mutate()}>
            Sign out now
          </Button>
          <Button ref={main} kind="primary" busy={staying.isPending} onClick={() => staying.mutate()}>
            Stay signed in
          </Button>
        </>
      }
    >
      {error && error.problem.status !== 401 && <ErrorPanel problem={error.problem} isAlert />}
    </Dialog>
  )
}

export interface EndWarningProps {
  leftMs: number
  onDecline: () => void
  onSignIn: () => void
}

export function EndWarning({ leftMs, onDecline, onSignIn }: EndWarningProps) {
  return (
    <Dialog
      open
      onOpenChange={onDecline}
      role="alertdialog"
      size="small"
      title={<span className="nums">Your session ends in {countdown(leftMs)}</span>}
      description="After 12 hours a new sign-in is needed, whatever is done. Sign in now to go on without a break. The page and what you have typed stay."
      footer={
        <>
          <Button onClick={onDecline}>Not now</Button>
          <Button kind="primary" onClick={onSignIn}>
            Sign in again
          </Button>
        </>
      }
    />
  )
}

export interface SignInAgainProps {
  /** `idle`: nothing was done for too long. `false`: it has not ended yet. */
  ended: 'idle' | 'other' | false
  onClose: () => void
}

const words = {
  idle: 'Nothing was done here for 30 minutes. Sign in again to go on: the page and what you have typed are kept.',
  other: 'Sign in again to go on. The page and what you have typed are kept; then repeat what you were doing.',
}

/** Cannot be dismissed once the session has ended; nothing behind it would work. */
export function SignInAgain({ ended, onClose }: SignInAgainProps) {
  const { user, mode, administrators } = useSession()
  const client = useQueryClient()
  const hasEnded = ended !== false
  const goOn = async () => {
    await welcome(client)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      dismissable={!hasEnded}
      role="alertdialog"
      size="small"
      title={hasEnded ? 'Your session has ended' : 'Sign in again'}
      description={hasEnded ? words[ended] : 'The page and what you have typed are kept.'}
    >
      <div className="flex flex-col gap-4 pt-1 pb-2">
        {mode === 'sandbox' ? <SandboxSignIn onSignedIn={goOn} /> : <SignInForm email={user.email} onSignedIn={goOn} />}
        {hasEnded && mode === 'live' && (
          <p className="text-13 text-fg-3">
            It is not accepted any more? Your account may have been disabled. <Ask helpers={administrators} />
          </p>
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
