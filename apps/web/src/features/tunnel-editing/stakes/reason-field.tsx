import { reasonLength, reasonProblem } from '@tunnel-console/shared/reason'
import { useId } from 'react'
import { controlClass } from '../../../ui/text-input.tsx'

interface ReasonFieldProps {
  value: string
  onChange: (reason: string) => void
  isOptional?: boolean
  label?: string
  /** Who reads it, and what belongs there. */
  hint?: string
}

/** Asks why, for whoever reads the audit log later. */
export function ReasonField({
  value,
  onChange,
  isOptional = false,
  label = 'Reason',
  hint = 'Kept in the audit log, such as a ticket and what it is about. Never a key or a password.',
}: ReasonFieldProps) {
  const id = useId()
  const problem = reasonProblem(value)
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-14 font-medium">
        {label}
        {isOptional && <span className="font-normal text-fg-3"> (optional)</span>}
      </label>
      <textarea
        id={id}
        rows={2}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        maxLength={reasonLength}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== null}
        autoComplete="off"
        className={`${controlClass} field-sizing-content min-h-16 py-2`}
      />
      <p id={`${id}-hint`} className={problem ? 'text-13 text-down-fg' : 'text-13 text-fg-3'}>
        {problem ?? hint}
      </p>
    </div>
  )
}

/** Why a change may not happen yet because of its reason, if so. It is asked for, and nobody is stopped for want of one. */
export function reasonComplaint(reason: string): string | undefined {
  return reasonProblem(reason) === null ? undefined : 'The reason cannot be kept as it is'
}
