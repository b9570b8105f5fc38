import { useMutation } from '@tanstack/react-query'
import type { Credentials } from '@tunnel-console/shared/contract'
import type { Problem } from '@tunnel-console/shared/problem'
import { useForm } from 'react-hook-form'
import { signIn } from '../../data/sign-in.ts'
import { checks, filled } from '../../lib/checks.ts'
import { Banner, type BannerKind } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Retry } from '../../ui/retry.tsx'
import { TextField } from '../../ui/text-field.tsx'

const resolver = checks<Credentials>({
  email: filled('Enter your email address'),
  password: (password) => (password === '' ? 'Enter your password' : null),
})

interface SignInFormProps {
  /** Whose session has ended: only the password is missing. */
  email?: string
  onSignedIn?: () => void
}

export function SignInForm({ email = '', onSignedIn }: SignInFormProps) {
  const form = useForm({ resolver, defaultValues: { email, password: '' } })
  const attempt = useMutation(signIn())
  const submit = form.handleSubmit((credentials) =>
    attempt.mutate(credentials, {
      onSuccess: onSignedIn,
      onError: ({ problem }) => {
        // A password that nobody looked at is not typed anew.
        if (problem.code === 'sign-in-failed') form.resetField('password')
        form.setFocus('password')
      },
    }),
  )
  return (
    <form onSubmit={submit} noValidate aria-label="Sign in" className="flex flex-col gap-4">
      {attempt.error && <Refusal key={attempt.submittedAt} problem={attempt.error.problem} />}
      <TextField
        control={form.control}
        name="email"
        label="Email"
        type="email"
        autoComplete="username"
        autoFocus={email === ''}
      />
      <TextField
        control={form.control}
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        autoFocus={email !== ''}
      />
      <Button type="submit" kind="primary" busy={attempt.isPending} className="mt-1">
        Sign in
      </Button>
    </form>
  )
}

/** The same words whoever was meant (S35). Only a password that was looked at is called wrong. */
function Refusal({ problem }: { problem: Problem }) {
  const { kind = 'danger', title, detail } = wordsFor(problem)
  const wait = problem.retryAfter ?? (problem.code === 'rate-limited' ? 60 : undefined)
  return (
    <div className="text-13">
      <Banner kind={kind} role="alert" title={title}>
        {detail}
      </Banner>
      <Retry onRetry={undefined} isRetrying={undefined} after={wait} />
    </div>
  )
}

interface Words {
  kind?: BannerKind
  title: string
  detail: string
}

function wordsFor({ code, title, detail }: Problem): Words {
  switch (code) {
    case 'sign-in-failed':
      return { title, detail: 'Check your email address and password.' }
    case 'rate-limited':
      return { kind: 'warning', title: 'Too many attempts to sign in', detail: 'Your password was not checked.' }
    case 'forbidden':
      return { title: 'You cannot sign in', detail: detail ?? 'Ask an administrator.' }
    default:
      return { title: 'The console cannot check passwords right now', detail: `${title}. Try again in a moment.` }
  }
}
