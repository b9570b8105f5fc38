import { useQuery } from '@tanstack/react-query'
import { outsideActor } from '@tunnel-console/shared/audit'
import { deletedHere, deletionQuery } from '../../data/deleted.ts'
import { useCan, useSession } from '../../data/session.ts'
import { clockTime } from '../../lib/exact-times.ts'
import { useStore } from '../../lib/store.ts'

/** Who deleted a tunnel that is gone, and when: known at once for one's own, from the audit log for whoever may read it. */
export function useWhoDeleted(id: string, isGone: boolean): string | null {
  const own = useStore(deletedHere)[id]
  const me = useSession().user.id
  const mayAsk = useCan('audit.read')
  const { data } = useQuery({ ...deletionQuery(id), enabled: isGone && mayAsk && !own })
  if (own) return `You deleted this tunnel at ${clockTime(new Date(own.at))}.`
  if (!data) return null
  const at = clockTime(new Date(data.at))
  if (data.by.id === outsideActor.id) return `It was deleted outside this console, seen at ${at}.`
  return `${data.by.id === me ? 'You' : data.by.email} deleted this tunnel at ${at}.`
}
