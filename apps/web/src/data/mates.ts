import { useQuery } from '@tanstack/react-query'
import { type Mates, matesOf, type SitesAtStake, sitesAtStake } from '@tunnel-console/shared/site'
import { siteEnding } from '../lib/site-ending.ts'
import { useStore } from '../lib/store.ts'
import { isOldAt, statusQuery } from './status.ts'
import { tunnelsQuery } from './tunnels.ts'

/** The other tunnels of a tunnel's site as they are now. `null` where the account's tunnels cannot be read. */
export function useMates(tunnel: { id: string; name: string }): { mates: Mates | null; isPending: boolean } {
  const { ending, tunnels, statuses, isPending } = useNow()
  return { mates: tunnels ? matesOf(tunnel, tunnels, statuses, ending) : null, isPending }
}

/** Which sites hang on these tunnels, as things stand now. `null` where nobody knows. */
export function useSitesAtStake(chosen: ReadonlySet<string>): { sites: SitesAtStake | null; isPending: boolean } {
  const { ending, tunnels, statuses, isPending } = useNow()
  return { sites: tunnels ? sitesAtStake(chosen, tunnels, statuses, ending) : null, isPending }
}

function useNow() {
  const ending = useStore(siteEnding)
  const list = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels })
  const status = useQuery(statusQuery())
  const isOld = isOldAt(status.data?.fetchedAt, new Date())
  return {
    ending,
    tunnels: list.data,
    statuses: status.data && !isOld ? status.data.body.statuses : null,
    isPending: list.isPending || status.isPending,
  }
}
