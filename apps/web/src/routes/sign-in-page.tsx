import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { signInOptionsQuery } from '../data/sign-in.ts'
import { SandboxSignIn } from '../features/session/sandbox-sign-in.tsx'
import { SignInForm } from '../features/session/sign-in-form.tsx'
import { safeFrom } from '../lib/safe-from.ts'
import { Callout } from '../ui/callout.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { CardPage } from './card-page.tsx'

export function SignInPage() {
  const { from } = useSearch({ from: '/sign-in' })
  const router = useRouter()
  const options = useQuery(signInOptionsQuery())
  const go = () => router.history.replace(safeFrom(from))
  return (
    <CardPage title="Sign in">
      {options.isPending && <Skeleton className="h-24 w-full" />}
      {options.error && <ErrorPanel problem={options.error.problem} onRetry={() => void options.refetch()} />}
      {options.data?.mode === 'sandbox' && (
        <>
          <p className="mb-4 text-13 text-fg-2">
            This is the sandbox: nothing here reaches Cloudflare, and no account is needed. Choose a role to try.
          </p>
          <SandboxSignIn onSignedIn={go} />
        </>
      )}
      {options.data?.mode === 'live' && (
        <>
          {options.data.setupNeeded && (
            <div className="mb-4">
              <Callout tone="establishing" title="Nobody can sign in yet">
                Open the set-up link that the console printed when it started.
              </Callout>
            </div>
          )}
          <SignInForm onSignedIn={go} />
        </>
      )}
    </CardPage>
  )
}
