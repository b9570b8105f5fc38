import { useQueryClient } from '@tanstack/react-query'
import { ProblemError } from '@tunnel-console/shared/problem'
import { type RefObject, useState } from 'react'
import { useForm } from 'react-hook-form'
import { createWall, wallScreensQuery } from '../../data/walls.ts'
import { checks } from '../../lib/checks.ts'
import { filled } from '../../lib/filled.ts'
import { showProblem } from '../../lib/form.ts'
import { useHeld } from '../../lib/held.ts'
import { useTask } from '../../lib/use-task.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LinkDialog } from '../../ui/one-time-link.tsx'
import { TextField } from '../../ui/text-field.tsx'

interface AddScreenProps {
  opener: RefObject<HTMLElement | null>
  onClose: () => void
}

const resolver = checks<{ name: string }>({ name: filled('Enter where it hangs') })

/** Makes a screen and shows its link, once. Mounted for one screen. */
export function AddScreen({ opener, onClose }: AddScreenProps) {
  const client = useQueryClient()
  const task = useTask()
  const form = useForm({ resolver, defaultValues: { name: '' } })
  const [made, setMade] = useState<{ name: string; url: string } | null>(null)
  useHeld(() => made === null && form.getValues('name') !== '')
  const add = form.handleSubmit(({ name }) =>
    task.run(
      () => createWall(name.trim()),
      ({ screen, url }) => {
        setMade({ name: screen.name, url })
        void client.invalidateQueries({ queryKey: wallScreensQuery().queryKey })
      },
      (problem) => showProblem(form, new ProblemError(problem)),
    ),
  )
  if (made) {
    return (
      <LinkDialog
        title={`Link for the screen “${made.name}”`}
        description="Open it in the browser of that screen. Whoever opens it sees the state of every tunnel."
        link={made}
        opener={opener}
        onClose={onClose}
      >
        <p className="text-13 text-fg-2">It works once, within 24 hours.</p>
      </LinkDialog>
    )
  }
  return (
    <FormDialog
      title="Add a screen"
      description="It gets a link that signs it in by itself."
      submit="Create link"
      isBusy={task.isBusy}
      onSubmit={add}
      onClose={onClose}
      opener={opener}
    >
      {task.problem && !task.problem.errors?.length && <ErrorPanel problem={task.problem} isAlert />}
      <TextField control={form.control} name="name" label="Where it hangs" hint="Such as “NOC, left wall”." autoFocus />
    </FormDialog>
  )
}
