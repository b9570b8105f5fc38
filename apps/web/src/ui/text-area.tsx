import { type FieldValues, useController } from 'react-hook-form'
import { cx } from '../lib/cx.ts'
import { FieldFrame, fieldAria, useFieldIds } from './field.tsx'
import { ignoredByPasswordManagers, type TextFieldProps } from './text-field.tsx'
import { controlClass } from './text-input.tsx'

type TextAreaProps<Values extends FieldValues> = Omit<TextFieldProps<Values>, 'type' | 'inputMode' | 'suffix'> & {
  rows?: number
}

export function TextArea<Values extends FieldValues>(props: TextAreaProps<Values>) {
  const { control, name, rows = 3, isMono, autoComplete = 'off', spellCheck = false } = props
  const { field, fieldState } = useController({ control, name })
  const ids = useFieldIds()
  return (
    <FieldFrame ids={ids} look={props} error={fieldState.error}>
      <textarea
        {...fieldAria(ids, props, fieldState.error)}
        {...ignoredByPasswordManagers}
        {...field}
        value={field.value ?? ''}
        rows={rows}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        autoComplete={autoComplete}
        spellCheck={spellCheck}
        readOnly={props.isReadOnly}
        className={cx(controlClass, 'field-sizing-content min-h-18 py-2 read-only:bg-sunken', isMono && 'mono')}
      />
    </FieldFrame>
  )
}
