import { reasonLength, reasonProblem } from '@tunnel-console/shared/reason'
import { useId } from 'react'
import { controlClass } from '../../../ui/text-input.tsx'

interface ReasonFieldProps {
  value: string
  onChange: (reason: string) => void
  isOptional?: boolean
}

/** Asks why, for whoever reads the audit log later. */
export function ReasonField({ value, onChange, isOptional = false }: ReasonFieldProps) {
  const id = useId()
  const problem = reasonProblem(value)
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-14 font-medium">
        Reason{isOptional && <span className="font-normal text-fg-3"> (optional)</span>}
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
        {problem ?? 'Kept in the audit log, such as a ticket and what it is about. Never a key or a password.'}
      </p>
    </div>
  )
}

/** Why a change may not happen yet for want of a reason, if so. */
export function reasonMissing(reason: string, isNeeded: boolean): string | undefined {
  if (reasonProblem(reason) !== null) return 'The reason cannot be kept as it is'
  return isNeeded && reason.trim() === '' ? 'Say why first' : undefined
}
