import { diffDrafts, type FieldChange } from '@tunnel-console/shared/diff'
import type { TunnelDraft } from '@tunnel-console/shared/draft'
import { fieldAt } from '@tunnel-console/shared/fields'
import { draftOfForm, draftProblems, formOf, type Neighbour, type TunnelFormValues } from '@tunnel-console/shared/form'
import { valueWords } from '@tunnel-console/shared/words'
import type { FocusEvent, FormEvent } from 'react'
import {
  type FieldErrors,
  type FieldPath,
  type FormState,
  get,
  type Resolver,
  set,
  type UseFormReturn,
  useForm,
  useWatch,
} from 'react-hook-form'

/** Another tunnel of the account: what this one must not overlap with, and where its endpoint may come from. */
export interface NeighbourTunnel extends Neighbour {
  cloudflare_endpoint: string
}

interface TunnelFormOptions {
  start: TunnelDraft
  /** What is saved. Absent for a new tunnel: then every field is judged and none is "changed". */
  base?: TunnelDraft
  neighbours: readonly Neighbour[]
}

export type TunnelFormPath = FieldPath<TunnelFormValues>

/** A form over a whole tunnel: its draft, what differs from the saved one, and our checks at the right moment. */
export function useTunnelForm({ start, base, neighbours }: TunnelFormOptions) {
  const judge = (values: TunnelFormValues) => draftProblems(draftOfForm(values), { ...(base && { base }), neighbours })
  const resolver: Resolver<TunnelFormValues> = (values) => {
    const errors: FieldErrors<TunnelFormValues> = {}
    const problems = judge(values)
    for (const { path, message } of problems) set(errors, path, { type: 'console', message })
    return problems.length > 0 ? { values: {}, errors } : { values, errors: {} }
  }
  const form = useForm({
    defaultValues: formOf(start),
    resolver,
    // We choose the moments ourselves, below.
    mode: 'onSubmit',
    reValidateMode: 'onSubmit',
    shouldFocusError: false,
  })
  // Read here, so that the form keeps count of them.
  const { errors, dirtyFields } = form.formState
  const values = useWatch({ control: form.control }) as TunnelFormValues
  const draft = draftOfForm(values)
  const changes = base ? diffDrafts(base, draft) : []

  return {
    form,
    draft,
    base,
    changes,
    errors,
    /** Judges everything and marks what is wrong. Gives how much that is. */
    check: async () => {
      await form.trigger()
      return judge(form.getValues()).length
    },
    /** On the `<form>`: judges a field when it is left after an edit, and on each key once it is in error. */
    listeners: listenersOf(form, { dirtyFields, errors }),
    /** What every field of the form has in common. */
    of: (path: TunnelFormPath) => ({
      control: form.control,
      name: path,
      label: fieldAt(path)?.label ?? path,
      showSource: true,
      changed: changedLook(path, changes, () => {
        if (!base) return
        form.setValue(path, get(formOf(base), path), { shouldDirty: true })
        form.clearErrors(path)
      }),
    }),
  }
}

export type TunnelForm = ReturnType<typeof useTunnelForm>

type Moments = Pick<FormState<TunnelFormValues>, 'dirtyFields' | 'errors'>

function listenersOf(form: UseFormReturn<TunnelFormValues>, { dirtyFields, errors }: Moments) {
  return {
    onBlur: ({ target }: FocusEvent<HTMLFormElement>) => {
      const name = nameOf(target)
      if (name && (get(dirtyFields, name) || get(errors, name))) void form.trigger(name)
    },
    onChange: ({ target }: FormEvent<HTMLFormElement>) => {
      const name = nameOf(target)
      // The field hears of the key first; then it is judged.
      if (name && get(errors, name)) queueMicrotask(() => void form.trigger(name))
    },
  }
}

function nameOf(target: EventTarget | null): TunnelFormPath | null {
  const name = (target as { name?: unknown } | null)?.name
  return typeof name === 'string' && fieldAt(name) ? (name as TunnelFormPath) : null
}

function changedLook(path: string, changes: readonly FieldChange[], onReset: () => void) {
  const change = changes.find((entry) => entry.path === path)
  return change && { was: valueWords(path, change.before), onReset }
}
