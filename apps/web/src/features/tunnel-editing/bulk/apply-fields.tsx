import { undoChoices } from '@tunnel-console/shared/jobs'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { FieldFrame, fieldAria, useFieldIds } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select-field.tsx'
import { ignoredByPasswordManagers, TextInput } from '../../../ui/text-field.tsx'
import { StartChoice } from '../schedule/start-choice.tsx'
import { type ApplyForm, numberProblem } from './apply-options.ts'

export interface ApplyFieldsProps {
  form: ApplyForm
  onChange: (form: ApplyForm) => void
}

interface JobFieldsProps extends ApplyFieldsProps {
  /** There is nothing that could undo itself. */
  isForGood?: boolean
}

/** How a job goes about it: in which steps, when it pauses, whether it undoes itself, when it starts. */
export function JobFields({ isForGood = false, ...props }: JobFieldsProps) {
  const { form, onChange } = props
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <NumberField {...props} name="batchSize" label="Batch size" hint="So many tunnels, then a pause." />
        <NumberField {...props} name="pauseSeconds" label="Pause between batches" hint="In seconds." />
      </div>
      <div className="flex flex-col gap-1">
        <Checkbox
          label="Stop after the first failure"
          checked={form.stopAfterFailure}
          onChange={({ target }) => onChange({ ...form, stopAfterFailure: target.checked })}
        />
        {!isForGood && (
          <Checkbox
            label="Stop when a tunnel turns worse"
            checked={form.stopWhenWorse}
            onChange={({ target }) => onChange({ ...form, stopWhenWorse: target.checked })}
          />
        )}
      </div>
      {!isForGood && <UndoField {...props} />}
      <StartChoice value={form.startsAt} onChange={(startsAt) => onChange({ ...form, startsAt })} />
    </>
  )
}

interface NumberFieldProps extends ApplyFieldsProps {
  name: 'batchSize' | 'pauseSeconds'
  label: string
  hint: string
}

function NumberField({ form, onChange, name, label, hint }: NumberFieldProps) {
  const ids = useFieldIds()
  const look = { label, hint }
  const message = numberProblem(name, form[name])
  const error = message === null ? undefined : { type: 'console', message }
  return (
    <FieldFrame ids={ids} look={look} error={error}>
      <TextInput
        {...ignoredByPasswordManagers}
        {...fieldAria(ids, look, error)}
        inputMode="numeric"
        autoComplete="off"
        value={form[name]}
        onChange={({ target }) => onChange({ ...form, [name]: target.value })}
      />
    </FieldFrame>
  )
}

function UndoField({ form, onChange }: ApplyFieldsProps) {
  const ids = useFieldIds()
  const look = {
    label: 'Undo by itself',
    hint:
      form.undoMinutes === null
        ? 'The changes stay.'
        : `Each change is written back ${form.undoMinutes} minutes after it was made, unless you press Keep. A tunnel that somebody else has changed meanwhile is left alone.`,
  }
  const options = [
    { value: '', label: 'Keep the changes' },
    ...undoChoices.map((minutes) => ({ value: String(minutes), label: `In ${minutes} min unless I keep them` })),
  ]
  const take = (text: string) =>
    onChange({ ...form, undoMinutes: undoChoices.find((minutes) => String(minutes) === text) ?? null })
  return (
    <FieldFrame ids={ids} look={look} error={undefined}>
      <Select
        {...fieldAria(ids, look, undefined)}
        value={form.undoMinutes === null ? '' : String(form.undoMinutes)}
        options={options}
        onChange={({ target }) => take(target.value)}
      />
    </FieldFrame>
  )
}
