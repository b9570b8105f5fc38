import { useQuery } from '@tanstack/react-query'
import { type AuditEntry, outsideActor } from '@tunnel-console/shared/audit'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import type { ReactNode } from 'react'
import { lastEntriesQuery } from '../../../data/audit.ts'
import { useCan } from '../../../data/session.ts'
import { tunnelQuery } from '../../../data/tunnels.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import type { Editing } from './use-edit-tunnel.ts'

/**
 * Tells early that somebody else saved, and who, so that a conflict is rarely a surprise. It stands in the strip at the lower
 * edge, of the form and of the review: seen wherever one has scrolled, and nothing moves for it. Form and review come and
 * go, so the page that holds both asks for it.
 */
export function useChangedNotice({ id, saved, state, dispatch }: Editing): ReactNode {
  const { data } = useQuery({ ...tunnelQuery(id), refetchInterval: 15_000 })
  const hasChanged = data !== undefined && data.version !== saved.version
  const who = useWhoSaved(id, hasChanged)
  if (!hasChanged || state.stop || state.work !== 'idle') return null
  const { tunnel, version } = data
  if (!isWholeTunnel(tunnel)) return null
  return (
    <Banner
      kind="warning"
      role="status"
      title={changedWords(who)}
      actions={
        <Button
          size="small"
          onClick={() => dispatch({ type: 'stopped', stop: { kind: 'conflict', current: tunnel, version } })}
        >
          See it
        </Button>
      }
    />
  )
}

function changedWords(who: string | null): string {
  if (who === null) return 'Someone else just saved a change here'
  return who === outsideActor.email ? 'This was just changed outside this console' : `${who} just saved a change here`
}

/**
 * Who saved since the form was opened. Only an entry that was not in the log by then can tell: the one before it belongs to
 * an older change, and would blame the wrong person. `null` as long as the log does not say.
 */
function useWhoSaved(id: string, hasChanged: boolean): string | null {
  const mayAsk = useCan('audit.read')
  const last = lastEntriesQuery(id)
  const atStart = useQuery({
    ...last,
    queryKey: [...last.queryKey, 'at-start'],
    enabled: mayAsk,
    staleTime: Infinity,
    gcTime: 0,
  })
  const known = atStart.data && Math.max(0, ...atStart.data.entries.map(({ seq }) => seq))
  const saver = (entries: readonly AuditEntry[] | undefined) =>
    entries?.find((entry) => known !== undefined && entry.seq > known && isSaved(entry))?.actor.email ?? null
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
