import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useCan, useSession } from '../data/session.ts'
import { tunnelsQuery } from '../data/tunnels.ts'
import { startBulkEdit } from '../features/tunnel-editing/bulk/bulk-start.ts'
import { startBulkDelete } from '../features/tunnel-editing/bulk-delete/delete-draft.ts'
import { chooseForRotation } from '../features/tunnel-editing/rotate/chosen-ids.ts'
import { planningFor } from '../features/tunnels/planned/planning-for.ts'
import type { ManyActions } from '../features/tunnels/selection-bar.tsx'

/** What this person may do with many tunnels at once; `undefined` where that is nothing. */
export function useManyActions(): ManyActions | undefined {
  const router = useRouter()
  const client = useQueryClient()
  const { id: owner } = useSession().user
  const mayEdit = useCan('tunnel.bulkUpdate')
  const mayDelete = useCan('tunnel.delete')
  const maySetKeys = useCan('psk.bulkSet')
  if (!mayEdit) return undefined
  // Frozen here: what is selected, deleted or renamed later changes nothing of it.
  const frozen = (ids: readonly string[]) => {
    const tunnels = client.getQueryData(tunnelsQuery().queryKey)?.body.tunnels ?? []
    const names = new Map(tunnels.map(({ id, name }) => [id, name]))
    return ids.map((id) => ({ id, name: names.get(id) ?? '' }))
  }
  return {
    onDelete: mayDelete
      ? (ids) => {
          startBulkDelete(owner, frozen(ids))
          void router.navigate({ to: '/tunnels/bulk-delete' })
        }
      : undefined,
    onEdit: (ids) => {
      startBulkEdit(owner, frozen(ids))
      void router.navigate({ to: '/tunnels/bulk' })
    },
    onPlanWork: (ids) => planningFor.set(frozen(ids)),
    onRotateKeys: maySetKeys
      ? (ids) => {
          chooseForRotation(ids)
          void router.navigate({ to: '/tunnels/keys', search: { step: 'confirm' } })
        }
      : undefined,
  }
}
