import type { ComponentType } from 'react'
import { useSignInOptions } from '../data/sign-in-calls.ts'
import { SandboxSignIn } from '../features/session/sandbox-sign-in.tsx'
import { SignInForm } from '../features/session/sign-in-form.tsx'
import { Banner } from '../ui/banner.tsx'
import { Retry } from '../ui/retry.tsx'
import { Skeleton } from '../ui/skeleton-bar.tsx'
import { CardPage } from './card-page.tsx'

interface SignedInProps {
  onSignedIn: () => Promise<void>
}

/** One way to sign in. Each gets a section of its own in the card, with "or" between them. */
interface SignInWay {
  /** What a screen reader calls the section. */
  label: string
  Form: ComponentType<SignedInProps>
}

/** The ways of each mode, in order. Another one is another line here. */
const ways: Record<'live' | 'sandbox', readonly SignInWay[]> = {
  live: [{ label: 'With a password', Form: PasswordWay }],
  sandbox: [{ label: 'Without an account', Form: SandboxWay }],
}

/** Needs neither the router nor the cache: it is also the whole page, before the app is loaded. */
export function SignInPage({ onSignedIn }: SignedInProps) {
  const { options, problem, retry } = useSignInOptions()
  return (
    <CardPage title="Sign in">
      {!options && !problem && <Skeleton className="h-24 w-full" />}
      {problem && (
        <>
          <Banner kind="danger" title={problem.title}>
            {problem.detail}
            {problem.requestId && <p className="text-12">Request {problem.requestId}</p>}
          </Banner>
          <Retry onRetry={retry} isRetrying={undefined} after={problem.retryAfter} />
        </>
      )}
      {options?.setupNeeded && (
        <div className="mb-4">
          <Banner title="Nobody can sign in yet">Open the set-up link that the console printed when it started.</Banner>
        </div>
      )}
      {options &&
        ways[options.mode].map(({ label, Form }) => (
          <section key={label} aria-label={label} className="group/way">
            <p aria-hidden className="my-4 text-center text-12 text-fg-3 group-first-of-type/way:hidden">
              or
            </p>
            <Form onSignedIn={onSignedIn} />
          </section>
        ))}
    </CardPage>
  )
}

function PasswordWay({ onSignedIn }: SignedInProps) {
  return (
    <>
      <SignInForm onSignedIn={onSignedIn} />
      <p className="mt-4 text-12 text-fg-3">
        Forgotten your password? An administrator can give you a link for a new one.
      </p>
    </>
  )
}

function SandboxWay({ onSignedIn }: SignedInProps) {
  return (
    <>
      <p className="mb-4 text-13 text-fg-2">
        This is the sandbox: nothing here reaches Cloudflare, and no account is needed. Choose a role to try.
      </p>
      <SandboxSignIn onSignedIn={onSignedIn} />
    </>
  )
}
