import { subnetClash } from '@tunnel-console/shared/form'
import { TextLink } from '../../../ui/link-button.tsx'
import { BothEnds } from './both-ends.tsx'
import type { FieldPartProps } from './field-part.ts'
import { TunnelField } from './tunnel-field.tsx'

/** The address with who has it already, what proposes one, and what it makes of the two ends. */
export function InterfaceAddress({ kit, field, neighbours, proposal }: FieldPartProps) {
  const { interface_address } = kit.draft
  const clash = subnetClash(interface_address, neighbours)
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
      {proposal}
      <BothEnds interfaceAddress={interface_address} />
    </div>
  )
}
