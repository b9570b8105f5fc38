import { useId } from 'react'
import { ignoredByPasswordManagers, TextInput } from '../../ui/text-field.tsx'

interface ConfirmNameFieldProps {
  name: string
  value: string
  onChange: (value: string) => void
  /** What Enter does once the name is right. Left out while it cannot be done. */
  onEnter?: (() => void) | undefined
}

/** Asks for the tunnel's name in the person's own typing. Pasting works; thinking is what is asked for. */
export function ConfirmNameField({ name, value, onChange, onEnter }: ConfirmNameFieldProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-14 font-medium">
        Type the tunnel name to confirm
      </label>
      <TextInput
        {...ignoredByPasswordManagers}
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (value === name) onEnter?.()
        }}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
      />
      <p id={`${id}-hint`} className="text-13 text-fg-3">
        The name is <strong className="font-medium text-fg select-all">{name}</strong>
      </p>
    </div>
  )
}
