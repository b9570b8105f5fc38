import { type Ref, useState } from 'react'
import { cx } from '../lib/cx.ts'
import { FieldFrame, fieldAria, useFieldIds } from './field.tsx'
import { ShowButton } from './password-parts.tsx'
import { TextInput } from './text-input.tsx'

interface LoginFieldProps {
  ref: Ref<HTMLInputElement>
  name: string
  label: string
  type: 'email' | 'password'
  autoComplete: string
  autoFocus: boolean
  value: string
  onChange: (value: string) => void
  /** What is wrong with the value, or `null`. */
  error: string | null
}

/** As `TextField`, for a form that has no form library. */
export function LoginField({ ref, label, type, error: message, onChange, ...rest }: LoginFieldProps) {
  const [isShown, setShown] = useState(false)
  const ids = useFieldIds()
  const error = message === null ? undefined : { type: 'console', message }
  const isPassword = type === 'password'
  return (
    <FieldFrame ids={ids} look={{ label }} error={error}>
      <span className="relative block">
        <TextInput
          {...fieldAria(ids, { label }, error)}
          {...rest}
          ref={ref}
          type={isPassword && isShown ? 'text' : type}
          spellCheck={false}
          onChange={({ target }) => onChange(target.value)}
          className={cx(isPassword && 'pr-16')}
        />
        {isPassword && <ShowButton label={label} isShown={isShown} onToggle={() => setShown(!isShown)} />}
      </span>
    </FieldFrame>
  )
}
