import { useId } from 'react'

interface Choice<Value extends string> {
  value: Value
  label: string
  hint?: string
}

interface ChoiceGroupProps<Value extends string> {
  /** The question, which is the name of the group. */
  label: string
  choices: readonly Choice<Value>[]
  value: Value
  onChange: (value: Value) => void
}

/** One of a few: the platform's own radio buttons, whose arrows everybody knows. */
export function ChoiceGroup<Value extends string>({ label, choices, value, onChange }: ChoiceGroupProps<Value>) {
  const id = useId()
  return (
    <fieldset>
      <legend className="mb-1 text-14 font-medium">{label}</legend>
      {choices.map((choice) => (
        <div key={choice.value}>
          <label className="inline-flex min-h-7 items-center gap-2.5 text-14 pointer-coarse:min-h-11">
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              aria-describedby={choice.hint ? `${id}-${choice.value}` : undefined}
              className="size-4 shrink-0 accent-accent"
            />
            {choice.label}
          </label>
          {choice.hint && (
            <p id={`${id}-${choice.value}`} className="pl-6.5 text-13 text-fg-3">
              {choice.hint}
            </p>
          )}
        </div>
      ))}
    </fieldset>
  )
}
