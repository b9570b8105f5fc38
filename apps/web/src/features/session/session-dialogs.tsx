import { useSession } from '../../data/session.ts'
import { leave } from '../../data/sign-in.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SandboxSignIn } from './sandbox-sign-in.tsx'
import { SignInForm } from './sign-in-form.tsx'

interface EndWarningProps {
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
      title="Your session is about to end"
      description={`It ends in ${wordsFor(leftMs)}. Sign in again to go on without a break. What you have typed stays.`}
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

const wordsFor = (leftMs: number) => (leftMs > 90_000 ? '2 minutes' : leftMs > 45_000 ? '1 minute' : 'a few seconds')

/** Cannot be dismissed once the session has ended; nothing behind it would work. */
export function SignInAgain({ hasEnded, onClose }: { hasEnded: boolean; onClose: () => void }) {
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
