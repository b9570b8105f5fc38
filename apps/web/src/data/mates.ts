import { useQuery } from '@tanstack/react-query'
import { type Mates, matesOf } from '@tunnel-console/shared/site'
import { siteEnding } from '../lib/site-ending.ts'
import { useStore } from '../lib/store.ts'
import { isOldAt, statusQuery } from './status.ts'
import { tunnelsQuery } from './tunnels.ts'

/** The other tunnels of a tunnel's site as they are now. `null` where the account's tunnels cannot be read. */
export function useMates(tunnel: { id: string; name: string }): { mates: Mates | null; isPending: boolean } {
  const ending = useStore(siteEnding)
  const list = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels })
  const status = useQuery(statusQuery())
  const isOld = isOldAt(status.data?.fetchedAt, new Date())
  const statuses = status.data && !isOld ? status.data.body.statuses : null
  return {
    mates: list.data ? matesOf(tunnel, list.data, statuses, ending) : null,
    isPending: list.isPending || status.isPending,
  }
}
