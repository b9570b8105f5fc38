import { useMutation } from '@tanstack/react-query'
import type { Credentials } from '@tunnel-console/shared/contract'
import type { Problem } from '@tunnel-console/shared/problem'
import { useForm } from 'react-hook-form'
import { signIn } from '../../data/sign-in.ts'
import { checks, filled } from '../../lib/checks.ts'
import { Banner } from '../../ui/banner.tsx'
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
  if (problem.code === 'sign-in-failed') {
    return (
      <Banner kind="danger" role="alert" title={problem.title}>
        Check your email address and password.
      </Banner>
    )
  }
  if (problem.code === 'rate-limited') {
    return (
      <div className="text-13">
        <Banner kind="warning" role="alert" title="Too many attempts to sign in">
          Your password was not checked.
        </Banner>
        <Retry onRetry={undefined} isRetrying={undefined} after={problem.retryAfter ?? 60} />
      </div>
    )
  }
  return (
    <Banner kind="danger" role="alert" title="The console cannot check passwords right now">
      {problem.title}. Try again in a moment.
    </Banner>
  )
}
