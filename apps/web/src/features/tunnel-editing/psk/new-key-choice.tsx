import { useState } from 'react'
import { checkOwnKey } from '../../../data/psk.ts'
import { useTask } from '../../../lib/use-task.ts'
import { Button } from '../../../ui/button.tsx'
import { ChoiceGroup } from '../../../ui/choice-group.tsx'
import { SecretField } from '../../../ui/secret-field.tsx'
import { DryRunLine } from '../dry-run-line.tsx'
import { keyComplaint, keyStrengthWords, ownKeyHint } from './key-words.ts'
import type { OwnKey } from './use-generate-psk.ts'

interface NewKeyChoiceProps {
  tunnelId: string
  /** `null`: one is generated. */
  own: OwnKey | null
  onChange: (own: OwnKey | null) => void
  onEnter: (() => void) | undefined
}

/** Where the new key comes from: Cloudflare makes one, or the person brings one. */
export function NewKeyChoice({ tunnelId, own, onChange, onEnter }: NewKeyChoiceProps) {
  const edit = (psk: string) => onChange({ psk, edit: (own?.edit ?? 0) + 1 })
  return (
    <>
      <ChoiceGroup
        label="The new key"
        choices={[
          { value: 'generate', label: 'Generate', hint: 'Cloudflare makes a random one. Best for most devices.' },
          { value: 'own', label: 'Use my own key' },
        ]}
        value={own ? 'own' : 'generate'}
        onChange={(choice) => (choice === 'own' ? edit('') : onChange(null))}
      />
      {own && (
        <>
          <SecretField
            label="Your key"
            hint={ownKeyHint}
            initial={own.psk}
            onChange={edit}
            complaint={keyComplaint(own.psk)}
            strengthWords={keyStrengthWords}
            onEnter={onEnter}
          />
          <OwnKeyCheck tunnelId={tunnelId} own={own} />
        </>
      )}
    </>
  )
}

/** A dry run with the very key, on request: it goes out for nothing else. */
function OwnKeyCheck({ tunnelId, own: { psk, edit } }: { tunnelId: string; own: OwnKey }) {
  const task = useTask()
  const [checked, setChecked] = useState<number | null>(null)
  const check = () =>
    void task.run(
      () => checkOwnKey(tunnelId, psk),
      () => setChecked(edit),
      () => setChecked(edit),
    )
  const isOff = psk === '' || keyComplaint(psk) !== null
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        size="small"
        busy={task.isBusy}
        disabledReason={isOff ? 'Type or paste the key first' : undefined}
        reasonPlace="described"
        onClick={check}
      >
        Validate
      </Button>
      {checked === edit && !task.isBusy && (
        <DryRunLine isPending={false} problem={task.problem ?? undefined} accepted="Cloudflare accepts this key." />
      )}
    </div>
  )
}
