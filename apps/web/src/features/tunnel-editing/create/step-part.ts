import type { FieldPath } from '@tunnel-console/shared/field'
import { fieldAt } from '@tunnel-console/shared/fields'
import type { NeighbourTunnel } from '../form/use-tunnel-form.ts'
import type { Creation } from './use-creation.ts'

/** What every step is made from. */
export interface StepProps {
  creation: Creation
  /** The account's other tunnels. */
  neighbours: readonly NeighbourTunnel[]
  /** Leads to a field, in whichever step it is. */
  onFix: (path: FieldPath) => void
}

/** A field by its path, for a part of the form. Throws for what is no field: that is a mistake in our code. */
export function fieldOf(path: FieldPath) {
  const field = fieldAt(path)
  if (!field) throw new TypeError(`${path} is not a field`)
  return field
}
