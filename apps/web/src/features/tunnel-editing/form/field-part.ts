import type { Field } from '@tunnel-console/shared/field'
import type { ReactNode } from 'react'
import type { NeighbourTunnel, TunnelForm } from './use-tunnel-form.ts'

/** What a field's part of the form is made from. */
export interface FieldPartProps {
  kit: TunnelForm
  field: Field
  /** The account's other tunnels. */
  neighbours: readonly NeighbourTunnel[]
  /** What proposes an inside address, for a new tunnel. */
  proposal?: ReactNode
}
