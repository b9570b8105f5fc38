import { useQuery } from '@tanstack/react-query'
import { type Mates, matesOf } from '@tunnel-console/shared/site'
import { siteEnding } from '../lib/site-ending.ts'
import { useStore } from '../lib/store.ts'
import { statusQuery } from './status.ts'
import { tunnelsQuery } from './tunnels.ts'

/** As old as this, a status tells what was. By the wall clock: a laptop may have slept (H4). */
const oldAfterMs = 75_000

/** The other tunnels of a tunnel's site as they are now. `null` where the account's tunnels cannot be read. */
export function useMates(tunnel: { id: string; name: string }): { mates: Mates | null; isPending: boolean } {
  const ending = useStore(siteEnding)
  const list = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels })
  const status = useQuery(statusQuery())
  const isOld = status.data !== undefined && Date.now() - Date.parse(status.data.fetchedAt) > oldAfterMs
  const statuses = status.data && !isOld ? status.data.body.statuses : null
  return {
    mates: list.data ? matesOf(tunnel, list.data, statuses, ending) : null,
    isPending: list.isPending || status.isPending,
  }
}
