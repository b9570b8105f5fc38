import { subnetClash } from '@tunnel-console/shared/form'
import { count } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { BothEnds } from './both-ends.tsx'
import type { FieldPartProps } from './field-part.ts'
import { nextFree } from './next-free.ts'
import { TunnelField } from './tunnel-field.tsx'
import type { NeighbourTunnel } from './use-tunnel-form.ts'

/** The address with who has it already, a free one, and what it makes of the two ends. */
export function InterfaceAddress({ kit, field, neighbours, isNew }: FieldPartProps) {
  const { interface_address } = kit.draft
  const clash = subnetClash(interface_address, neighbours)
  const use = (subnet: string) => {
    kit.form.setValue('interface_address', subnet, { shouldDirty: true })
    kit.form.clearErrors('interface_address')
  }
  return (
    <div className="flex flex-col gap-2">
      <TunnelField
        kit={kit}
        field={field}
        hint={
          clash && (
            <>
              Taken by{' '}
              <TextLink to="/tunnels/$id" params={{ id: clash.id }} target="_blank">
                {clash.name}
              </TextLink>{' '}
              (opens in a new tab)
            </>
          )
        }
      />
      {isNew && <NextFree neighbours={neighbours} current={interface_address} onUse={use} />}
      <BothEnds interfaceAddress={interface_address} />
    </div>
  )
}

interface NextFreeProps {
  neighbours: readonly NeighbourTunnel[]
  current: string
  onUse: (subnet: string) => void
}

function NextFree({ neighbours, current, onUse }: NextFreeProps) {
  const free = nextFree(neighbours.map(({ interface_address }) => interface_address))
  if (free === null) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-fg-3">
      <Button
        size="small"
        disabledReason={current === free ? 'It is in the field already' : undefined}
        onClick={() => onUse(free)}
      >
        Use next free: <span className="mono">{free}</span>
      </Button>
      Checked against {count(neighbours.length, 'IPsec tunnel')}
    </p>
  )
}
