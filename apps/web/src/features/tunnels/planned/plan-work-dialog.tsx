import { useMutation } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useController, useForm } from 'react-hook-form'
import { planWork } from '../../../data/planned.ts'
import { checks } from '../../../lib/checks.ts'
import { filled } from '../../../lib/filled.ts'
import { showProblem } from '../../../lib/form.ts'
import { count } from '../../../lib/format.ts'
import { useHeld } from '../../../lib/held.ts'
import { serverNow } from '../../../lib/server-clock.ts'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { MomentField, momentOf, momentProblem, momentText } from '../../../ui/moment-field.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { toast } from '../../../ui/toast.ts'

export interface PlanWorkDialogProps {
  tunnels: readonly { id: string; name: string }[]
  opener?: RefObject<HTMLElement | null>
  onClose: () => void
}

const usualMs = 2 * 3_600_000

const resolver = checks<{ text: string; until: string }>({
  text: filled('Say what is done, and whom to call'),
  until: (until) => momentProblem(until, serverNow()),
})

/** Announces work on tunnels, so that nobody is alarmed by what was to be expected. Mounted for one announcement. */
export function PlanWorkDialog({ tunnels, opener, onClose }: PlanWorkDialogProps) {
  const planning = useMutation(planWork())
  const form = useForm({
    resolver,
    defaultValues: { text: '', until: momentText(new Date(serverNow().getTime() + usualMs)) },
  })
  const { field: until } = useController({ control: form.control, name: 'until' })
  useHeld(() => form.getValues('text') !== '' && !planning.isSuccess)
  const announce = form.handleSubmit(({ text, until: moment }) => {
    const input = {
      tunnels: tunnels.map(({ id }) => id),
      text: text.trim(),
      until: momentOf(moment)?.toISOString() ?? '',
    }
    planning.mutate(input, {
      onSuccess: () => {
        toast('The work was announced')
        onClose()
      },
      onError: (error) => showProblem(form, error),
    })
  })
  const [first] = tunnels
  const { error } = planning
  const { root } = form.formState.errors
  // Such as a tunnel that is gone by now: no field of this form is wrong.
  const detail = error?.problem.errors?.length ? root?.message : error?.problem.detail
  return (
    <FormDialog
      title={`Plan work on ${tunnels.length === 1 ? first?.name : count(tunnels.length, 'tunnel')}`}
      description="For the time below, a tunnel that is down says that this was to be expected, here and on the wall. Nothing else changes."
      label="Plan work"
      submit="Announce"
      isBusy={planning.isPending}
      onSubmit={announce}
      onClose={onClose}
      opener={opener}
    >
      {error && root && error.problem.status !== 401 && <ErrorPanel problem={{ ...error.problem, detail }} isAlert />}
      <TextArea
        control={form.control}
        name="text"
        label="What is done, and whom to call"
        hint="Such as “ISP work, call the provider: +44 20 7946 0000”."
        maxLength={200}
      />
      <MomentField label="Until" value={until.value} onChange={until.onChange} />
    </FormDialog>
  )
}
