import { mostTunnels } from '@tunnel-console/shared/jobs'
import { count } from '../../../lib/format.ts'
import { FieldFrame, fieldAria, useFieldIds } from '../../../ui/field.tsx'
import { Radio } from '../../../ui/radio.tsx'
import { ignoredByPasswordManagers, TextInput } from '../../../ui/text-field.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { ReasonField } from '../stakes/reason-field.tsx'
import { type ApplyFieldsProps, JobFields } from './apply-fields.tsx'
import { changesOf, whyNotTogether } from './apply-options.ts'
import { GuardLines } from './guard-lines.tsx'
import type { BulkEditing } from './use-bulk-edit.ts'

interface ApplyStepProps extends ApplyFieldsProps {
  editing: BulkEditing
  /** What Enter in the field of the count does; left out while it cannot be done. */
  onEnter: (() => void) | undefined
}

/** The last step: how it is to happen, and the person's own number as a sign that they know how many. */
export function ApplyStep({ editing, form, onChange, onEnter }: ApplyStepProps) {
  const { length } = changesOf(editing)
  return (
    <div className="flex max-w-form flex-col gap-6">
      <h2 ref={focusOnMount} tabIndex={-1} className="text-16 font-semibold">
        Apply to {count(length, 'tunnel')}
      </h2>
      <GuardLines rows={editing.rows} />
      <WayField editing={editing} form={form} onChange={onChange} />
      {form.way === 'job' && <JobFields form={form} onChange={onChange} />}
      <ReasonField value={editing.draft.reason} onChange={editing.setReason} isOptional />
      <CountField
        expected={length}
        value={form.typedCount}
        onChange={(typedCount) => onChange({ ...form, typedCount })}
        onEnter={onEnter}
      />
    </div>
  )
}

function WayField({ editing, form, onChange }: ApplyFieldsProps & { editing: BulkEditing }) {
  const reason = whyNotTogether(editing)
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 text-14 font-medium">Way</legend>
      <Radio
        name="way"
        label="Each by itself"
        hint="A job of the console, which goes on when this page is closed. It can pause, stop, wait for its time and undo itself."
        checked={form.way === 'job'}
        onChange={() => onChange({ ...form, way: 'job' })}
      />
      <Radio
        name="way"
        label="All or nothing"
        hint={`One request to Cloudflare for up to ${mostTunnels.request} tunnels. Nothing is sent if one of them has changed meanwhile. It starts now, has no pauses and cannot undo itself.`}
        checked={form.way === 'together'}
        onChange={() => onChange({ ...form, way: 'together' })}
        disabledReason={reason === null ? undefined : `${reason}, so each is changed by itself.`}
      />
    </fieldset>
  )
}

interface CountFieldProps {
  expected: number
  /** What becomes of so many. */
  outcome?: string
  value: string
  onChange: (value: string) => void
  onEnter: (() => void) | undefined
}

/** Asks for the number in the person's own typing. */
export function CountField({ expected, outcome = 'changed', value, onChange, onEnter }: CountFieldProps) {
  const ids = useFieldIds()
  const look = { label: `Type ${expected} to confirm` }
  const isWrong = value.trim() !== '' && !isCount(value, expected) && value.trim().length >= String(expected).length
  const error = isWrong ? { type: 'console', message: `${count(expected, 'tunnel')} will be ${outcome}` } : undefined
  return (
    <FieldFrame ids={ids} look={look} error={error}>
      <TextInput
        {...ignoredByPasswordManagers}
        {...fieldAria(ids, look, error)}
        inputMode="numeric"
        autoComplete="off"
        className="max-w-40"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          onEnter?.()
        }}
      />
    </FieldFrame>
  )
}

export const isCount = (typed: string, expected: number): boolean => typed.trim() === String(expected)
