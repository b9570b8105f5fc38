import { useId } from 'react'
import { serverNow } from '../../../lib/server-clock.ts'
import { MomentField, momentText } from '../../../ui/moment-field.tsx'
import { Radio } from '../../../ui/radio.tsx'

interface StartChoiceProps {
  /** What the field for the moment holds; `null`: now. */
  value: string | null
  onChange: (value: string | null) => void
  /** What happens at the chosen time. */
  hint?: string | undefined
  /** Why it cannot wait for a time. */
  cannotWait?: string | undefined
}

const hourMs = 3_600_000

/** When it starts: now, or at a time that the person gives. Begins with an hour from now by the server's clock. */
export function StartChoice({ value, onChange, hint, cannotWait }: StartChoiceProps) {
  const name = useId()
  const isLater = value !== null && cannotWait === undefined
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-14 font-medium">Start</legend>
      <Radio name={name} label="Now" checked={!isLater} onChange={() => onChange(null)} />
      <Radio
        name={name}
        label="At a time"
        hint={isLater ? hint : undefined}
        checked={isLater}
        disabledReason={cannotWait}
        onChange={() => onChange(momentText(new Date(serverNow().getTime() + hourMs)))}
      />
      {isLater && (
        <div className="pl-6.5">
          <MomentField canStartNow label="Start at" value={value} onChange={onChange} />
        </div>
      )}
    </fieldset>
  )
}
