import { type ReactNode, useId } from 'react'

interface RadioProps {
  /** The same for all of a choice. */
  name: string
  label: ReactNode
  /** A muted line below. */
  hint?: ReactNode
  checked: boolean
  onChange: () => void
  /** Why it cannot be chosen. It stays focusable, and the reason stands below. */
  disabledReason?: string | undefined
}

/** One of several. Put them into a `fieldset` with a `legend`. */
export function Radio({ name, label, hint, checked, onChange, disabledReason }: RadioProps) {
  const id = useId()
  const below = disabledReason ?? hint
  return (
    <div className="flex flex-col">
      <label className="inline-flex min-h-6 items-center gap-2.5 text-14 has-aria-disabled:text-fg-2 pointer-coarse:min-h-11">
        <input
          type="radio"
          name={name}
          checked={checked}
          onChange={() => disabledReason === undefined && onChange()}
          aria-disabled={disabledReason !== undefined || undefined}
          aria-describedby={below ? id : undefined}
          className="size-4 shrink-0 accent-accent aria-disabled:opacity-60"
        />
        <span>{label}</span>
      </label>
      {below && (
        <p id={id} className="pl-6.5 text-13 text-fg-3">
          {below}
        </p>
      )}
    </div>
  )
}
