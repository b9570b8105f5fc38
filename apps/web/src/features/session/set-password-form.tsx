import { useQueryClient } from '@tanstack/react-query'
import type { LinkAnswer } from '@tunnel-console/shared/contract'
import { fateOf } from '@tunnel-console/shared/fate'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { setPassword, signInWith } from '../../data/links.ts'
import { checks } from '../../lib/checks.ts'
import { showProblem } from '../../lib/form.ts'
import { passwordComplaint } from '../../lib/password.ts'
import { useTask } from '../../lib/use-task.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { FieldFrame, useFieldIds } from '../../ui/field.tsx'
import { LinkButton, TextLink } from '../../ui/link-button.tsx'
import { NewPasswordField } from '../../ui/new-password-field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { LinkIsGone } from './link-is-gone.tsx'

interface SetPasswordFormProps {
  token: string
  link: LinkAnswer
  /** The password is set and the person is signed in. */
  onDone: () => void
}

const resolver = checks<{ password: string }>({ password: passwordComplaint })

/** Uses a one-time link up: the first password of somebody invited, or a new one after a reset. Then signs in with it. */
export function SetPasswordForm({ token, link, onDone }: SetPasswordFormProps) {
  const client = useQueryClient()
  const form = useForm({ resolver, defaultValues: { password: '' } })
  const task = useTask()
  const [isSet, setSet] = useState(false)
  const submit = form.handleSubmit(({ password }) =>
    task.run(
      async () => {
        await setPassword(token, password)
        setSet(true)
        await signInWith(client, link.email, password)
      },
      onDone,
      (problem) => void showProblem(form, new ProblemError(problem)),
    ),
  )
  if (task.problem?.code === 'gone') return <LinkIsGone />
  if (isSet && !task.isBusy) return <NowSignIn />
  return (
    <form onSubmit={submit} noValidate aria-label="Set your password" className="flex flex-col gap-4">
      <p className="text-14 text-fg-2">
        {link.kind === 'invite'
          ? `Welcome, ${link.name}. Choose the password that you will sign in with.`
          : `Hello, ${link.name}. Choose a new password. The old one stops working.`}
      </p>
      {task.problem && !task.problem.errors?.length && <Failed problem={task.problem} />}
      <UserName email={link.email} />
      <NewPasswordField control={form.control} name="password" label="Password" autoFocus />
      <Button type="submit" kind="primary" busy={task.isBusy} className="mt-1">
        Set password and sign in
      </Button>
    </form>
  )
}

/** Also what a password manager keeps the password under. */
function UserName({ email }: { email: string }) {
  const ids = useFieldIds()
  return (
    <FieldFrame ids={ids} look={{ label: 'Email' }} error={undefined}>
      <TextInput id={ids.input} type="email" name="email" value={email} readOnly autoComplete="username" />
    </FieldFrame>
  )
}

function Failed({ problem }: { problem: Problem }) {
  return (
    <ErrorPanel problem={problem} isAlert>
      {fateOf(problem) === 'unknown' && (
        <p className="mt-1 text-fg-2">
          The password may have been set all the same: <TextLink to="/sign-in">try to sign in with it</TextLink>, or
          press the button again.
        </p>
      )}
    </ErrorPanel>
  )
}

/** It was set, and then the signing in failed. */
function NowSignIn() {
  return (
    <div className="flex flex-col items-start gap-4" role="alert">
      <Callout tone="up" title="Your password is set">
        Signing in did not work this time. Sign in with your new password.
      </Callout>
      <LinkButton to="/sign-in" kind="primary">
        Go to sign-in
      </LinkButton>
    </div>
  )
}
