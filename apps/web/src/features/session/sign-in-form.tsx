import type { Problem } from '@tunnel-console/shared/problem'
import { type FormEvent, useRef, useState } from 'react'
import { signIn } from '../../data/sign-in-calls.ts'
import { filled } from '../../lib/filled.ts'
import { useTask } from '../../lib/use-task.ts'
import { Banner, type BannerKind } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { LoginField } from '../../ui/login-field.tsx'
import { Retry } from '../../ui/retry.tsx'

const checkEmail = filled('Enter your email address')
const checkPassword = (password: string) => (password === '' ? 'Enter your password' : null)

interface SignInFormProps {
  /** Whose session has ended: only the password is missing. */
  email?: string
  /** What is done before the form comes to rest. Where it fails, so did the attempt. */
  onSignedIn?: () => Promise<void>
}

/** Without a form library and without the cache: the page that it is on is the first that everybody loads. */
export function SignInForm({ email: known = '', onSignedIn }: SignInFormProps) {
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const emailInput = useRef<HTMLInputElement>(null)
  const passwordInput = useRef<HTMLInputElement>(null)
  const attempt = useTask()
  const wrongEmail = isTried ? checkEmail(email) : null
  const wrongPassword = isTried && !attempt.problem ? checkPassword(password) : null
  const work = async () => {
    await signIn({ email, password })
    await onSignedIn?.()
  }
  const refused = ({ code }: Problem) => {
    // A password that nobody looked at is not typed anew.
    if (code === 'sign-in-failed') setPassword('')
    passwordInput.current?.focus()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (checkEmail(email)) emailInput.current?.focus()
    else if (checkPassword(password)) passwordInput.current?.focus()
    else void attempt.run(work, () => undefined, refused)
  }
  return (
    <form onSubmit={submit} noValidate aria-label="Sign in" className="flex flex-col gap-4">
      {attempt.problem && <Refusal problem={attempt.problem} />}
      <LoginField
        ref={emailInput}
        name="email"
        label="Email"
        type="email"
        autoComplete="username"
        autoFocus={known === ''}
        value={email}
        onChange={setEmail}
        error={wrongEmail}
      />
      <LoginField
        ref={passwordInput}
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        autoFocus={known !== ''}
        value={password}
        onChange={setPassword}
        error={wrongPassword}
      />
      <Button type="submit" kind="primary" busy={attempt.isBusy} className="mt-1">
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
