import { useId } from 'react'
import { Radio } from '../../../ui/radio.tsx'
import { SecretField } from '../../../ui/secret-field.tsx'
import { keyComplaint, keyStrengthWords, ownKeyHint } from '../psk/key-words.ts'
import type { KeyPlan } from './creation-draft.ts'
import type { StepProps } from './step-part.ts'

const choices: readonly { plan: KeyPlan; label: string; hint: string }[] = [
  {
    plan: 'generate',
    label: 'Generate (recommended)',
    hint: 'Cloudflare makes a strong one as soon as the tunnel exists, and you see it once.',
  },
  { plan: 'own', label: 'I have one', hint: 'It is sent with the tunnel, and kept nowhere here.' },
  {
    plan: 'later',
    label: 'Later',
    hint: 'The tunnel carries nothing until it has a key and the device has the same one.',
  },
]

/** How the tunnel comes by its key. */
export function KeyChoiceStep({ creation }: StepProps) {
  const { facts, own, creating } = creation
  const name = useId()
  return (
    <>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-14 font-medium">How does the tunnel get its key?</legend>
        {choices.map(({ plan, label, hint }) => (
          <Radio
            key={plan}
            name={name}
            label={label}
            hint={hint}
            checked={facts.keyPlan === plan}
            onChange={() => creation.planKey(plan)}
          />
        ))}
      </fieldset>
      {facts.keyPlan === 'own' && (
        <SecretField
          label="Pre-shared key"
          hint={ownKeyHint}
          initial={own.psk}
          onChange={(psk) => creation.bringKey({ psk, edit: own.edit + 1 })}
          complaint={keyComplaint(own.psk) ?? creating.keyProblem}
          strengthWords={keyStrengthWords}
        />
      )}
    </>
  )
}
