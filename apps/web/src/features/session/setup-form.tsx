import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { z } from '@tunnel-console/shared/zod'
import { useForm } from 'react-hook-form'
import { setUp } from '../../data/set-up.ts'
import { showProblem } from '../../lib/form.ts'
import { passwordComplaint } from '../../lib/password.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { NewPasswordField } from '../../ui/new-password-field.tsx'
import { TextField } from '../../ui/text-field.tsx'

const Person = z.object({
  name: z.string().trim().min(1, 'Enter your name'),
  email: z.email('Enter an email address, such as admin@example.com'),
  password: z.string().superRefine((password, ctx) => {
    const message = passwordComplaint(password)
    if (message !== null) ctx.addIssue({ code: 'custom', message })
  }),
})

export function SetupForm({ token, onDone }: { token: string; onDone: () => void }) {
  const form = useForm({ resolver: zodResolver(Person), defaultValues: { name: '', email: '', password: '' } })
  const attempt = useMutation(setUp())
  const submit = form.handleSubmit((person) =>
    attempt.mutate({ ...person, token }, { onSuccess: onDone, onError: (error) => void showProblem(form, error) }),
  )
  const problem = attempt.error?.problem
  return (
    <form onSubmit={submit} noValidate aria-label="Create the first administrator" className="flex flex-col gap-4">
      {problem?.code === 'gone' && (
        <Banner kind="danger" role="alert" title={problem.title}>
          Restart the console to print a new link.
        </Banner>
      )}
      {problem && problem.code !== 'gone' && !problem.errors?.length && <ErrorPanel problem={problem} isAlert />}
      <TextField control={form.control} name="name" label="Name" autoComplete="name" autoFocus />
      <TextField control={form.control} name="email" label="Email" type="email" autoComplete="username" />
      <NewPasswordField control={form.control} name="password" label="Password" />
      <Button type="submit" kind="primary" busy={attempt.isPending} className="mt-1">
        Create administrator
      </Button>
    </form>
  )
}
