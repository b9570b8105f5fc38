import { reasonLength, reasonProblem } from '@tunnel-console/shared/reason'
import { useId } from 'react'
import { controlClass } from '../../../ui/text-input.tsx'

/** What whoever decides has to say. Needed to decline; whoever asked reads it. */
export function WordField({ value, onChange }: { value: string; onChange: (word: string) => void }) {
  const id = useId()
  const problem = reasonProblem(value)
  return (
    <div className="flex max-w-form flex-col gap-1.5">
      <label htmlFor={id} className="text-14 font-medium">
        Your word
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
        {problem ?? 'Needed to decline. Whoever asked reads it, and it is kept in the audit log.'}
      </p>
    </div>
  )
}
