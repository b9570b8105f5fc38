import { useId } from 'react'
import { SecretField } from '../../../ui/secret-field.tsx'
import { keyComplaint, keyStrengthWords } from '../psk/key-words.ts'
import type { OwnKey } from '../psk/use-generate-psk.ts'

interface OwnKeySectionProps {
  own: OwnKey
  onChange: (own: OwnKey) => void
  /** What was answered to it, or `null`. */
  problem: string | null
}

/** The last part of a new tunnel's form, which is no part of its draft: a key of one's own, or none yet. */
export function OwnKeySection({ own, onChange, problem }: OwnKeySectionProps) {
  const headingId = useId()
  return (
    <section aria-labelledby={headingId} className="mt-7 border-t border-line pt-5">
      <h2 id={headingId} className="text-16 font-semibold">
        Key
      </h2>
      <p className="mt-0.5 text-13 text-fg-3">
        Leave it empty to have one generated afterwards, which is best for most devices. The tunnel carries nothing
        until it has a key.
      </p>
      <div className="mt-4">
        <SecretField
          label="Pre-shared key"
          isOptional
          hint="Type or paste a key of your own. It is not kept with the rest of this form."
          initial={own.psk}
          onChange={(psk) => onChange({ psk, edit: own.edit + 1 })}
          complaint={keyComplaint(own.psk) ?? problem}
          strengthWords={keyStrengthWords}
        />
      </div>
    </section>
  )
}
