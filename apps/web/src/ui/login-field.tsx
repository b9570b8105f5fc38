import { CircleAlert } from 'lucide-react'
import { type Ref, useId, useState } from 'react'
import { cx } from '../lib/cx.ts'
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

/** As `TextField` looks, for a form without a form library, on the page that everybody loads first. */
export function LoginField({ ref, label, type, error, onChange, ...rest }: LoginFieldProps) {
  const [isShown, setShown] = useState(false)
  const id = useId()
  const isPassword = type === 'password'
  return (
    <div className="relative flex flex-col gap-1.5">
      <label htmlFor={id} className="self-start text-14 font-medium">
        {label}
      </label>
      <span className="relative block">
        <TextInput
          {...rest}
          ref={ref}
          id={id}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          type={isPassword && isShown ? 'text' : type}
          spellCheck={false}
          onChange={({ target }) => onChange(target.value)}
          className={cx(isPassword && 'pr-16')}
        />
        {isPassword && <ShowButton label={label} isShown={isShown} onToggle={() => setShown(!isShown)} />}
      </span>
      {error !== null && (
        <p id={`${id}-error`} className="flex gap-1.5 text-13 text-down-fg">
          <CircleAlert aria-hidden size={14} className="mt-[3px] shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}
