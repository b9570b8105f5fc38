import { useQueryClient } from '@tanstack/react-query'
import { ProblemError } from '@tunnel-console/shared/problem'
import { useForm } from 'react-hook-form'
import { changePassword, ownSessionsQuery } from '../../data/account.ts'
import { checks } from '../../lib/checks.ts'
import { showProblem } from '../../lib/form.ts'
import { useHeld } from '../../lib/held.ts'
import { passwordComplaint } from '../../lib/password.ts'
import { useTask } from '../../lib/use-task.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { NewPasswordField } from '../../ui/new-password-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.ts'

const blank = { current: '', password: '' }

const resolver = checks<typeof blank>({
  current: (current) => (current === '' ? 'Enter the password that you have now' : null),
  password: passwordComplaint,
})

export function ChangePassword({ email }: { email: string }) {
  const client = useQueryClient()
  const form = useForm({ resolver, defaultValues: blank })
  const task = useTask()
  useHeld(() => form.getValues(['current', 'password']).some((typed) => typed !== ''))
  const done = () => {
    form.reset()
    toast('Your password was changed, and your other sessions were ended')
    void client.invalidateQueries({ queryKey: ownSessionsQuery().queryKey })
  }
  const submit = form.handleSubmit((passwords) =>
    task.run(
      () => changePassword(passwords),
      done,
      (problem) => void showProblem(form, new ProblemError(problem)),
    ),
  )
  return (
    <form onSubmit={submit} noValidate aria-label="Change password" className="flex max-w-96 flex-col gap-4">
      <p className="text-14 text-fg-2">Your other sessions end with it.</p>
      {task.problem && !task.problem.errors?.length && <ErrorPanel problem={task.problem} isAlert />}
      {/* Tells a password manager whose password it is. */}
      <input type="text" name="username" value={email} autoComplete="username" readOnly hidden />
      <TextField
        control={form.control}
        name="current"
        label="Current password"
        type="password"
        autoComplete="current-password"
      />
      <NewPasswordField control={form.control} name="password" label="New password" />
      <div>
        <Button type="submit" kind="primary" busy={task.isBusy}>
          Change password
        </Button>
      </div>
    </form>
  )
}
