import { useId } from 'react'
import type { UndoMinutes } from '../../../data/tunnel-writes.ts'
import { Badge } from '../../../ui/badge.tsx'

interface UndoChoiceProps {
  value: UndoMinutes
  onChange: (minutes: UndoMinutes) => void
  /** Why this change cannot undo itself. */
  reason: string | null
  isSuggested: boolean
}

const choices: readonly [value: UndoMinutes, words: string][] = [
  [null, 'Keep the change'],
  [5, 'In 5 min'],
  [10, 'In 10 min'],
  [30, 'In 30 min'],
]

/** Whether the change takes itself back unless somebody keeps it. */
export function UndoChoice({ value, onChange, reason, isSuggested }: UndoChoiceProps) {
  const id = useId()
  const isOff = reason !== null
  return (
    <fieldset aria-describedby={`${id}-hint`} className="min-w-0">
      <legend className="mb-1.5 flex flex-wrap items-center gap-2 text-14 font-medium">
        Undo by itself
        {isSuggested && !isOff && <Badge tone="degraded">Suggested</Badge>}
      </legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {choices.map(([minutes, words]) => (
          <label
            key={words}
            className="inline-flex min-h-6 items-center gap-2 text-14 whitespace-nowrap has-disabled:text-fg-3 pointer-coarse:min-h-11"
          >
            <input
              type="radio"
              name={id}
              checked={(isOff ? null : value) === minutes}
              disabled={isOff && minutes !== null}
              onChange={() => onChange(minutes)}
              className="size-4 accent-accent"
            />
            {words}
          </label>
        ))}
      </div>
      <p id={`${id}-hint`} className="mt-1.5 text-13 text-fg-3">
        {reason ??
          (value === null
            ? 'With a time, the former values are written back by themselves unless somebody presses Keep before it is over.'
            : `The former values are written back after ${value} minutes unless somebody presses Keep. The console does it, also when this page is closed. If somebody else changes the tunnel meanwhile, nothing is overwritten.`)}
      </p>
    </fieldset>
  )
}
