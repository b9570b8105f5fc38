import { utcTime } from '../lib/exact-times.ts'
import { serverNow } from '../lib/server-clock.ts'
import { FieldFrame, type FieldLook, fieldAria, useFieldIds } from './field.tsx'
import { TextInput } from './text-input.tsx'

interface MomentFieldProps {
  label: string
  /** As `datetime-local` has it: `2026-11-29T02:00`, in the zone of this browser. */
  value: string
  onChange: (value: string) => void
  /** What waits for the moment could as well begin at once. */
  canStartNow?: boolean
}

/** Asks for a day and a time in the zone of this browser, and says both zones. A moment that is past by the server's clock gets a clear word. */
export function MomentField({ label, value, onChange, canStartNow = false }: MomentFieldProps) {
  const ids = useFieldIds()
  const at = momentOf(value)
  const hint = at === null ? `In your zone, ${zone()}.` : `In your zone, ${zone()}. That is ${utcTime(at)}.`
  const message = value === '' ? null : momentProblem(value, serverNow(), canStartNow)
  const look: FieldLook = { label, hint }
  const error = message === null ? undefined : { type: 'console', message }
  return (
    <FieldFrame ids={ids} look={look} error={error}>
      <TextInput
        {...fieldAria(ids, look, error)}
        type="datetime-local"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="max-w-64"
      />
    </FieldFrame>
  )
}

const zone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** The moment that the field spells, or `null`. */
export function momentOf(value: string): Date | null {
  const at = new Date(value)
  return value === '' || Number.isNaN(at.getTime()) ? null : at
}

/** Why it can be no moment that is to come, or `null`. */
export function momentProblem(value: string, now: Date, canStartNow = false): string | null {
  const at = momentOf(value)
  if (at === null) return 'Enter a day and a time'
  if (at.getTime() > now.getTime()) return null
  return `This moment has passed. Choose a later one${canStartNow ? ', or start now' : ''}.`
}

/** A moment as the field has it, in the zone of this browser. */
export function momentText(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}
