import type { ComponentProps } from 'react'
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form'
import { FieldFrame, type FieldLook, fieldAria, useFieldIds } from './field.tsx'

const switchClass =
  'relative h-6 w-11 shrink-0 appearance-none rounded-[12px] border border-control-line bg-sunken transition-colors ' +
  'duration-120 before:absolute before:top-[3px] before:left-[3px] before:size-4 before:rounded-[8px] before:bg-fg-2 ' +
  'before:transition-transform before:duration-120 checked:border-accent checked:bg-accent ' +
  'checked:before:translate-x-5 checked:before:bg-on-accent disabled:opacity-60 ' +
  'forced-colors:border-[ButtonText] forced-colors:before:bg-[ButtonText] forced-colors:checked:before:bg-[Highlight]'

/** A bare switch. Give it a label yourself. */
export function Switch(props: Omit<ComponentProps<'input'>, 'type' | 'role'>) {
  return <input {...props} type="checkbox" role="switch" aria-checked={props.checked} className={switchClass} />
}

export interface SwitchFieldProps<Values extends FieldValues> extends FieldLook {
  control: Control<Values>
  name: FieldPath<Values>
}

export function SwitchField<Values extends FieldValues>(props: SwitchFieldProps<Values>) {
  const { field, fieldState } = useController({ control: props.control, name: props.name })
  const ids = useFieldIds()
  return (
    <FieldFrame ids={ids} look={props} error={fieldState.error} isInline>
      <Switch
        {...fieldAria(ids, props, fieldState.error)}
        name={field.name}
        ref={field.ref}
        checked={Boolean(field.value)}
        onChange={(event) => field.onChange(event.target.checked)}
        onBlur={field.onBlur}
      />
    </FieldFrame>
  )
}
