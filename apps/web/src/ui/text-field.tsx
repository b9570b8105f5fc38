import { type ComponentProps, type ReactNode, useState } from 'react'
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form'
import { cx } from '../lib/cx.ts'
import { FieldFrame, type FieldLook, fieldAria, useFieldIds } from './field.tsx'
import { ignoredByPasswordManagers, ShowButton } from './password-parts.tsx'
import { TextInput } from './text-input.tsx'

export { ignoredByPasswordManagers, TextInput }

export interface TextFieldProps<Values extends FieldValues> extends FieldLook {
  control: Control<Values>
  name: FieldPath<Values>
  type?: 'text' | 'email' | 'password' | 'search'
  inputMode?: ComponentProps<'input'>['inputMode']
  placeholder?: string
  autoComplete?: string
  spellCheck?: boolean
  maxLength?: number
  isMono?: boolean
  isReadOnly?: boolean
  autoFocus?: boolean
  /** Something inside the frame at the right, such as a unit. */
  suffix?: ReactNode
}

/** One line of text. An empty number field is `''`: parse it in the schema. */
export function TextField<Values extends FieldValues>(props: TextFieldProps<Values>) {
  const { control, name, type = 'text', isMono, isReadOnly, suffix, autoComplete = 'off', spellCheck = false } = props
  const { field, fieldState } = useController({ control, name })
  const [isShown, setShown] = useState(false)
  const ids = useFieldIds()
  const isPassword = type === 'password'
  return (
    <FieldFrame ids={ids} look={props} error={fieldState.error}>
      <span className="relative block">
        <TextInput
          {...fieldAria(ids, props, fieldState.error)}
          {...(autoComplete === 'off' ? ignoredByPasswordManagers : null)}
          name={field.name}
          ref={field.ref}
          value={field.value ?? ''}
          onChange={field.onChange}
          onBlur={field.onBlur}
          type={isPassword && isShown ? 'text' : type}
          inputMode={props.inputMode}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          autoComplete={autoComplete}
          spellCheck={spellCheck}
          autoFocus={props.autoFocus}
          readOnly={isReadOnly}
          isMono={isMono}
          className={cx(isPassword && 'pr-16', Boolean(suffix) && 'pr-20')}
        />
        {suffix && <span className="absolute inset-y-0 right-3 flex items-center text-13 text-fg-3">{suffix}</span>}
        {isPassword && <ShowButton label={props.label} isShown={isShown} onToggle={() => setShown(!isShown)} />}
      </span>
    </FieldFrame>
  )
}
