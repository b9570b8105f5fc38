import type { Permission } from '@tunnel-console/shared/access'
import { type Need, needOf } from '../lib/need.ts'
import { useSession } from './session.ts'

/** What stands in the way of somebody who may not, and who can help; `null` for whoever may. */
export function useNeed(permission: Permission): Need | null {
  const { permissions, administrators } = useSession()
  return permissions.includes(permission) ? null : needOf(permission, administrators)
}
