import { useQueryClient } from '@tanstack/react-query'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { type Settings, secondPersonChoices, settingFields } from '@tunnel-console/shared/settings'
import type { ReactNode } from 'react'
import { type Control, useForm } from 'react-hook-form'
import { changeSettings } from '../../data/change-settings.ts'
import { useNeed } from '../../data/need.ts'
import { settingsQuery } from '../../data/settings.ts'
import { useCannotSend } from '../../lib/connection.ts'
import { showProblem } from '../../lib/form.ts'
import { needText } from '../../lib/need.ts'
import { useTask } from '../../lib/use-task.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.ts'
import { fieldOf, patchOf, resolveSettings, type Typed, typedOf } from './typed-settings.ts'

/** The settings of the whole console. Only what was changed is sent, so that two people can change two of them. */
export function SettingsForm({ settings }: { settings: Settings }) {
  const client = useQueryClient()
  const task = useTask()
  // What somebody else sets meanwhile comes into the form, where nothing was typed.
  const form = useForm<Typed>({
    resolver: resolveSettings,
    values: typedOf(settings),
    resetOptions: { keepDirtyValues: true },
  })
  const need = useNeed('settings.manage')
  const cannot = useCannotSend()
  const { isDirty } = form.formState
  const show = (now: Settings) => {
    client.setQueryData(settingsQuery().queryKey, now)
    form.reset(typedOf(now))
    toast('Settings saved')
  }
  const save = form.handleSubmit((typed) =>
    task.run(
      () => changeSettings(patchOf(settings, typed)),
      show,
      (problem) => showProblem(form, new ProblemError(atFields(problem))),
    ),
  )
  return (
    <form onSubmit={save} noValidate aria-label="Settings" className="flex max-w-form flex-col gap-8">
      <LeaveGuard hasTyped={() => isDirty} words={task.isBusy ? beingSaved : undefined} />
      {task.problem && !task.problem.errors?.length && <ErrorPanel problem={task.problem} isAlert />}
      <Section title="Two pairs of eyes">
        <SelectField
          control={form.control}
          name="secondPerson"
          label={settingFields.secondPerson.label}
          hint={settingFields.secondPerson.hint}
          options={secondPersonChoices}
        />
      </Section>
      <Section title="Pre-shared keys">
        <DaysField control={form.control} name="keyAgeNoticeDays" />
        <DaysField control={form.control} name="keyAgeWarnDays" />
      </Section>
      <Section title="Inside addresses">
        <BlocksField control={form.control} name="addressPools" />
        <BlocksField control={form.control} name="reservedAddresses" />
      </Section>
      <Section title="History">
        <DaysField control={form.control} name="statusHistoryDays" />
      </Section>
      <div>
        <Button
          type="submit"
          kind="primary"
          busy={task.isBusy}
          disabledReason={
            task.isBusy
              ? undefined
              : need
                ? needText(need)
                : (cannot ?? (isDirty ? undefined : 'Change a setting first'))
          }
        >
          Save
        </Button>
      </div>
    </form>
  )
}

/** A list is one field, whichever of its entries is wrong. */
function atFields(problem: Problem): Problem {
  const errors = problem.errors?.map((error) => ({ ...error, pointer: `/${fieldOf(error.pointer)}` }))
  return { ...problem, ...(errors && { errors }) }
}

const beingSaved = {
  title: 'Leave while it is being saved?',
  description: 'The change goes on without this page, which would tell you what became of it.',
  isLost: false,
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-16 font-semibold">{title}</h2>
      {children}
    </section>
  )
}

type Days = 'keyAgeNoticeDays' | 'keyAgeWarnDays' | 'statusHistoryDays'

function DaysField({ control, name }: { control: Control<Typed>; name: Days }) {
  const { label, hint } = settingFields[name]
  return (
    <TextField
      control={control}
      name={name}
      label={label}
      hint={hint}
      inputMode="numeric"
      suffix="days"
      maxLength={5}
    />
  )
}

function BlocksField({ control, name }: { control: Control<Typed>; name: 'addressPools' | 'reservedAddresses' }) {
  const { label, hint } = settingFields[name]
  return <TextArea control={control} name={name} label={label} hint={hint} rows={3} isMono maxLength={20_000} />
}
