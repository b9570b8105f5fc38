import { useMutation } from '@tanstack/react-query'
import type { Credentials } from '@tunnel-console/shared/contract'
import { type Resolver, useForm } from 'react-hook-form'
import { signIn } from '../../data/sign-in.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'

// Two fields that must not be empty: not worth zod's 20 kB on the first page that anybody sees.
const resolver: Resolver<Credentials> = (values) => {
  const errors = {
    ...(values.email === '' && { email: { type: 'console', message: 'Enter your email address' } }),
    ...(values.password === '' && { password: { type: 'console', message: 'Enter your password' } }),
  }
  return Object.keys(errors).length > 0 ? { values: {}, errors } : { values, errors: {} }
}

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
      onError: () => {
        form.resetField('password')
        form.setFocus('password')
      },
    }),
  )
  return (
    <form onSubmit={submit} noValidate aria-label="Sign in" className="flex flex-col gap-4">
      {attempt.error && (
        <Banner kind="danger" role="alert" title={attempt.error.problem.title}>
          {adviceFor(attempt.error.problem)}
        </Banner>
      )}
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

/** The same words whoever was meant (S35). */
function adviceFor({ code, detail, retryAfter }: { code: string; detail?: string; retryAfter?: number }): string {
  if (code === 'sign-in-failed') return 'Check your email address and password.'
  if (code === 'rate-limited') return `Try again in ${retryAfter ?? 60} s.`
  return detail ?? 'Try again in a moment.'
}
