import { namePattern, suggestedName } from '@tunnel-console/shared/new-tunnel'
import { vendorOf, vendors } from '@tunnel-console/shared/vendor-defaults'
import { useId } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select-field.tsx'
import { TunnelField } from '../form/tunnel-field.tsx'
import { fieldOf, type StepProps } from './step-part.ts'

/** What the tunnel is called, and what is at its other end: that sets what is usual further on. */
export function BasicsStep({ creation, neighbours }: StepProps) {
  const { kit } = creation.creating
  const names = neighbours.map(({ name }) => name)
  const { name } = kit.draft
  const suggestion = suggestedName(name, names)
  const pattern = namePattern(names)
  return (
    <>
      <div className="flex flex-col gap-2">
        <TunnelField
          kit={kit}
          field={fieldOf('name')}
          hint={
            <>
              Unique in the account. Health history is kept by this name.
              {pattern && ` Names here look like ${pattern}.`} {length(name)}
            </>
          }
        />
        {suggestion && (
          <p>
            <Button size="small" onClick={() => creation.set('name', suggestion)}>
              Use {suggestion}
            </Button>
          </p>
        )}
      </div>
      <TunnelField kit={kit} field={fieldOf('description')} />
      <VendorChoice vendor={creation.facts.vendor} onChange={creation.fillIn} />
    </>
  )
}

const length = (name: string) => `${[...name.trim()].length} of 255 characters.`

function VendorChoice({ vendor, onChange }: { vendor: string | null; onChange: (vendor: string | null) => void }) {
  const id = useId()
  const chosen = vendorOf(vendor)
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-14 font-medium">
        What is at the other end?
      </label>
      <Select
        id={id}
        value={vendor ?? ''}
        aria-describedby={`${id}-hint`}
        options={[
          { value: '', label: 'Not known yet' },
          ...vendors.map((entry) => ({ value: entry.id, label: entry.label })),
        ]}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      />
      <p id={`${id}-hint`} className="text-13 text-fg-3">
        {chosen?.note ?? 'It sets what is usual for such a device, each with its reason. You can change all of it.'}
      </p>
    </div>
  )
}
