import { queryOptions, useQuery } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import type { KeyAgeLimits } from '@tunnel-console/shared/key-age'
import { request } from '../lib/api.ts'

/** What administrators have set for the whole console. Read again each minute: somebody may set it anew. */
export const settingsQuery = () =>
  queryOptions({
    queryKey: ['settings'],
    queryFn: async ({ signal }) => (await request(endpoints.settings, { signal })).settings,
    staleTime: 30_000,
    refetchInterval: 60_000,
    refetchOnWindowFocus: 'always',
  })

/** After how many days the age of a key is told and warned of; the usual ones until it is known. */
export function useKeyAgeLimits(): KeyAgeLimits | undefined {
  const settings = useQuery(settingsQuery()).data
  return settings && { notice: settings.keyAgeNoticeDays, warn: settings.keyAgeWarnDays }
}
