import { useQueryClient } from '@tanstack/react-query'
import { ProblemError } from '@tunnel-console/shared/problem'
import { stateWords, type TunnelState, tunnelStates } from '@tunnel-console/shared/status'
import { usualStates, webhookSecretProblem, webhookUrlProblem } from '@tunnel-console/shared/webhooks'
import { type RefObject, useId, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { createWebhook, webhooksQuery } from '../../../data/webhooks.ts'
import { checks } from '../../../lib/checks.ts'
import { showProblem } from '../../../lib/form.ts'
import { useHeld } from '../../../lib/held.ts'
import { useTask } from '../../../lib/use-task.ts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { LinkDialog } from '../../../ui/one-time-link.tsx'
import { SecretField } from '../../../ui/secret-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'

interface Typed {
  url: string
  states: TunnelState[]
}

const resolver = checks<Typed>({
  url: (url) => webhookUrlProblem(url.trim()),
  states: (states) => (states.length === 0 ? 'Choose at least one state' : null),
})

/** Makes a webhook and shows its secret, once. Mounted for one webhook. */
export function AddWebhook({ opener, onClose }: { opener: RefObject<HTMLElement | null>; onClose: () => void }) {
  const client = useQueryClient()
  const task = useTask()
  const form = useForm<Typed>({ resolver, defaultValues: { url: '', states: [...usualStates] } })
  const [secret, setSecret] = useState('')
  const [complaint, setComplaint] = useState<string | null>(null)
  const [made, setMade] = useState<{ url: string } | null>(null)
  useHeld(() => made === null && (form.getValues('url') !== '' || secret !== ''))
  const finish = (told: string) => {
    if (secret === '') setMade({ url: told })
    else onClose()
    void client.invalidateQueries({ queryKey: webhooksQuery().queryKey })
  }
  const add = form.handleSubmit(({ url, states }) => {
    const wrong = secret === '' ? null : webhookSecretProblem(secret.trim())
    setComplaint(wrong)
    if (wrong !== null) return
    return task.run(
      () => createWebhook({ url: url.trim(), states, ...(secret !== '' && { secret: secret.trim() }) }),
      (answer) => finish(answer.secret),
      (problem) => showProblem(form, new ProblemError(problem)),
    )
  })
  if (made) {
    return (
      <LinkDialog
        title="Secret of the new webhook"
        noun="secret"
        again="Delete the webhook and make it anew for another."
        description="The receiver checks with it that a message comes from this console."
        link={made}
        opener={opener}
        onClose={onClose}
      >
        <p className="text-13 text-fg-2">
          Signed as Standard Webhooks describes it: HMAC-SHA256 over the id, the timestamp and the body.
        </p>
      </LinkDialog>
    )
  }
  return (
    <FormDialog
      title="Add a webhook"
      description="An address that gets a message when tunnels change their state."
      submit="Add webhook"
      isBusy={task.isBusy}
      onSubmit={add}
      onClose={onClose}
      opener={opener}
    >
      {task.problem && !task.problem.errors?.length && <ErrorPanel problem={task.problem} isAlert />}
      <TextField control={form.control} name="url" label="Address" hint="https, on the internet." isMono autoFocus />
      <States form={form} />
      <SecretField
        label="Secret"
        hint="Leave it empty to have one made. Else whsec_ and base64, as the receiver gave it."
        isOptional
        complaint={complaint}
        strengthWords={() => 'Only the receiver should know it.'}
        onChange={(typed) => {
          setSecret(typed)
          setComplaint(null)
        }}
      />
    </FormDialog>
  )
}

function States({ form }: { form: ReturnType<typeof useForm<Typed>> }) {
  const id = useId()
  const chosen = useWatch({ control: form.control, name: 'states' })
  const { errors } = form.formState
  const choose = (state: TunnelState, isChosen: boolean) =>
    form.setValue('states', isChosen ? [...chosen, state] : chosen.filter((other) => other !== state), {
      shouldValidate: form.formState.isSubmitted,
    })
  return (
    <fieldset aria-describedby={errors.states ? id : undefined}>
      <legend className="mb-1 text-14 font-medium">Tell when a tunnel becomes</legend>
      <div className="grid grid-cols-2 gap-x-4">
        {tunnelStates.map((state) => (
          <Checkbox
            key={state}
            label={stateWords[state]}
            checked={chosen.includes(state)}
            onChange={({ target }) => choose(state, target.checked)}
          />
        ))}
      </div>
      {errors.states && (
        <p id={id} role="alert" className="text-13 text-down">
          {errors.states.message}
        </p>
      )}
    </fieldset>
  )
}
