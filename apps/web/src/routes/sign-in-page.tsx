import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { signInOptionsQuery } from '../data/sign-in.ts'
import { SandboxSignIn } from '../features/session/sandbox-sign-in.tsx'
import { SignInForm } from '../features/session/sign-in-form.tsx'
import { safeFrom } from '../lib/safe-from.ts'
import { Callout } from '../ui/callout.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { CardPage } from './card-page.tsx'

/** One way to sign in. Each gets a section of its own in the card, with "or" between them. */
interface SignInWay {
  /** What a screen reader calls the section. */
  label: string
  Form: ComponentType<{ onSignedIn: () => void }>
}

/** The ways of each mode, in order. Another one is another line here. */
const ways: Record<'live' | 'sandbox', readonly SignInWay[]> = {
  live: [{ label: 'With a password', Form: PasswordWay }],
  sandbox: [{ label: 'Without an account', Form: SandboxWay }],
}

export function SignInPage() {
  const { from } = useSearch({ from: '/sign-in' })
  const router = useRouter()
  const options = useQuery(signInOptionsQuery())
  const go = () => router.history.replace(safeFrom(from))
  return (
    <CardPage title="Sign in">
      {options.isPending && <Skeleton className="h-24 w-full" />}
      {options.error && <ErrorPanel problem={options.error.problem} onRetry={() => void options.refetch()} />}
      {options.data?.setupNeeded && (
        <div className="mb-4">
          <Callout tone="establishing" title="Nobody can sign in yet">
            Open the set-up link that the console printed when it started.
          </Callout>
        </div>
      )}
      {options.data &&
        ways[options.data.mode].map(({ label, Form }) => (
          <section key={label} aria-label={label} className="group/way">
            <p aria-hidden className="my-4 text-center text-12 text-fg-3 group-first-of-type/way:hidden">
              or
            </p>
            <Form onSignedIn={go} />
          </section>
        ))}
    </CardPage>
  )
}

function PasswordWay({ onSignedIn }: { onSignedIn: () => void }) {
  return (
    <>
      <SignInForm onSignedIn={onSignedIn} />
      <p className="mt-4 text-12 text-fg-3">
        Forgotten your password? An administrator can give you a link for a new one.
      </p>
    </>
  )
}

function SandboxWay({ onSignedIn }: { onSignedIn: () => void }) {
  return (
    <>
      <p className="mb-4 text-13 text-fg-2">
        This is the sandbox: nothing here reaches Cloudflare, and no account is needed. Choose a role to try.
      </p>
      <SandboxSignIn onSignedIn={onSignedIn} />
    </>
  )
}
