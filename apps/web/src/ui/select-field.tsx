import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form'
import { cx } from '../lib/cx.ts'
import { FieldFrame, type FieldLook, fieldAria, useFieldIds } from './field.tsx'
import { controlClass } from './text-input.tsx'

export interface SelectOption {
  value: string
  label: string
  isDisabled?: boolean
}

type SelectProps = Omit<ComponentProps<'select'>, 'children'> & { options: readonly SelectOption[] }

/** The platform's own select: it is the most accessible one, and phones have their picker for it. */
export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <span className="relative block">
      <select {...rest} className={cx(controlClass, 'h-control appearance-none pr-9', className)}>
        {options.map(({ value, label, isDisabled }) => (
          <option key={value} value={value} disabled={isDisabled}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden size={16} className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2" />
    </span>
  )
}

export interface SelectFieldProps<Values extends FieldValues> extends FieldLook {
  control: Control<Values>
  name: FieldPath<Values>
  options: readonly SelectOption[]
  isMono?: boolean
}

export function SelectField<Values extends FieldValues>(props: SelectFieldProps<Values>) {
  const { field, fieldState } = useController({ control: props.control, name: props.name })
  const ids = useFieldIds()
  return (
    <FieldFrame ids={ids} look={props} error={fieldState.error}>
      <Select
        {...fieldAria(ids, props, fieldState.error)}
        {...field}
        value={field.value ?? ''}
        options={props.options}
        className={props.isMono ? 'mono' : undefined}
      />
    </FieldFrame>
  )
}
