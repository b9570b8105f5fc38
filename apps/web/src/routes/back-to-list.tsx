import { listOrder } from '../features/tunnels/list-order.ts'
import { useStore } from '../lib/store.ts'
import { TextLink } from '../ui/link-button.tsx'

/** Where the list is as it was left: filtered and sorted. */
export const listAsLeft = () => ({ to: '/tunnels' as const, search: listOrder.get().search })

/** The way back to the list as it was left. */
export function BackToList() {
  const { search } = useStore(listOrder)
  return (
    <TextLink to="/tunnels" search={search}>
      Tunnels
    </TextLink>
  )
}
