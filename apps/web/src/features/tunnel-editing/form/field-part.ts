import type { Field } from '@tunnel-console/shared/field'
import type { Neighbour } from '@tunnel-console/shared/form'
import type { TunnelForm } from './use-tunnel-form.ts'

export interface NeighbourTunnel extends Neighbour {
  cloudflare_endpoint: string
}

/** What a field's part of the form is made from. */
export interface FieldPartProps {
  kit: TunnelForm
  field: Field
  /** The account's other tunnels. */
  neighbours: readonly NeighbourTunnel[]
  /** Offers the next free subnet. */
  isNew: boolean
}
