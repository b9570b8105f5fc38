import { useQueryClient } from '@tanstack/react-query'
import { type Role, roles } from '@tunnel-console/shared/access'
import { fateOf } from '@tunnel-console/shared/fate'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { useEffect, useRef, useState } from 'react'
import { type Control, type UseFormReturn, useForm, useWatch } from 'react-hook-form'
import { inviteUser, refreshUsers, type SecretLink } from '../../data/users.ts'
import { checks } from '../../lib/checks.ts'
import { filled } from '../../lib/filled.ts'
import { showProblem } from '../../lib/form.ts'
import { useHeld } from '../../lib/held.ts'
import { roleCan } from '../../lib/role-words.ts'
import { createStore } from '../../lib/store.ts'
import { useTask } from '../../lib/use-task.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LinkDialog } from '../../ui/one-time-link.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { roleOptions } from './role-dialog.tsx'
import type { UserDialogProps } from './user-act.ts'
import { linkWords } from './words.ts'

interface Person {
  email: string
  name: string
  role: Role
}

// The role that can do least: whoever forgets to choose gives nothing away.
const blank: Person = { email: '', name: '', role: 'support' }

/** What was typed when the dialog went without an invitation: opening it again finds it. */
const typed = createStore(blank)

const resolver = checks<Person>({
  email: (email) => (/^\S+@\S+\.\S+$/.test(email.trim()) ? null : 'Enter an email address, such as omar@example.com'),
  name: filled('Enter a name'),
  role: (role) => (roles.includes(role) ? null : 'Choose a role'),
})

/** Invites somebody by a link that is shown once. Mounted for one invitation. */
export function InviteDialog({ opener, onClose }: Pick<UserDialogProps, 'opener' | 'onClose'>) {
  const client = useQueryClient()
  const task = useTask()
  const form = useForm({ resolver, defaultValues: typed.get() })
  const [made, setMade] = useState<{ name: string; link: SecretLink } | null>(null)
  const invite = form.handleSubmit((person) =>
    task.run(
      () => inviteUser({ ...person, email: person.email.trim(), name: person.name.trim() }),
      (link) => {
        setMade({ name: person.name.trim(), link })
        refreshUsers(client)
      },
      (problem) => {
        showProblem(form, new ProblemError(problem))
        refreshUsers(client)
      },
    ),
  )
  useKept(form, made !== null)
  if (made) {
    return (
      <LinkDialog title={linkWords.invite.made(made.name)} link={made.link} opener={opener} onClose={onClose}>
        <p className="text-13 text-fg-2">{linkWords.invite.validity}</p>
      </LinkDialog>
    )
  }
  return (
    <FormDialog
      title="Invite somebody"
      description="They set their own password with a one-time link, which you hand over."
      submit="Create link"
      isBusy={task.isBusy}
      onSubmit={invite}
      onClose={onClose}
      opener={opener}
    >
      {task.problem && !task.problem.errors?.length && <Failed problem={task.problem} />}
      <TextField control={form.control} name="email" label="Email" type="email" autoFocus />
      <TextField control={form.control} name="name" label="Name" />
      <RoleField control={form.control} />
    </FormDialog>
  )
}

/** However the dialog goes, by a button, Escape or Back: what was typed is kept until it has served. */
function useKept(form: UseFormReturn<Person>, isDone: boolean): void {
  useHeld(() => !isDone && (form.getValues('email') !== '' || form.getValues('name') !== ''))
  const done = useRef(isDone)
  done.current = isDone
  // What outlives the dialog is outside of it.
  useEffect(() => () => typed.set(done.current ? blank : form.getValues()), [form])
}

function RoleField({ control }: { control: Control<Person> }) {
  const role = useWatch({ control, name: 'role' })
  return <SelectField control={control} name="role" label="Role" options={roleOptions} hint={`${roleCan[role]}.`} />
}

function Failed({ problem }: { problem: Problem }) {
  return (
    <ErrorPanel problem={problem} isAlert>
      {fateOf(problem) === 'unknown' && (
        <p className="mt-1 text-fg-2">
          They may have been invited all the same. If they are in the list, choose “New invitation link” there.
        </p>
      )}
    </ErrorPanel>
  )
}
