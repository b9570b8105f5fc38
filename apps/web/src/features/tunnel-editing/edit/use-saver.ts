import { useQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import { lastEntriesQuery } from '../../../data/audit.ts'
import { useCan } from '../../../data/session.ts'

/**
 * What somebody saved since the form rests on this version. Only an entry that was not in the log by then can tell: the one
 * before it belongs to an older change, and would blame the wrong person. `null` as long as the log does not say.
 */
export function useSaver(id: string, version: string, hasChanged: boolean): AuditEntry | null {
  const mayAsk = useCan('audit.read')
  const last = lastEntriesQuery(id)
  const before = useQuery({
    ...last,
    queryKey: [...last.queryKey, 'at', version],
    enabled: mayAsk,
    staleTime: Infinity,
    gcTime: 0,
  })
  const known = before.data && Math.max(0, ...before.data.entries.map(({ seq }) => seq))
  const saver = (entries: readonly AuditEntry[] | undefined) =>
    entries?.find((entry) => known !== undefined && entry.seq > known && isSaved(entry)) ?? null
  const now = useQuery({
    ...last,
    enabled: mayAsk && hasChanged && known !== undefined,
    // A change from outside stands in the log a little after it can be read.
    refetchInterval: ({ state }) => (saver(state.data?.entries) === null ? 3000 : false),
  })
  return saver(now.data?.entries)
}

const isSaved = ({ action, outcome, validateOnly }: AuditEntry) =>
  outcome === 'applied' && !validateOnly && (action === 'tunnel.update' || action === 'tunnel.changedOutside')
