import { InterfaceAddress } from '../form/interface-address.tsx'
import { TunnelField } from '../form/tunnel-field.tsx'
import { fieldOf, type StepProps } from './step-part.ts'

/** The private addresses of both ends. */
export function InsideStep({ creation, neighbours }: StepProps) {
  const { kit } = creation.creating
  return (
    <>
      <InterfaceAddress kit={kit} field={fieldOf('interface_address')} neighbours={neighbours} isNew />
      <TunnelField kit={kit} field={fieldOf('interface_address6')} />
    </>
  )
}
