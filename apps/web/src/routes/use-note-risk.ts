import { useQueryClient } from '@tanstack/react-query'
import { useSession } from '../data/session.ts'
import { statusQuery } from '../data/status.ts'
import { watchChange } from '../features/undo/watched-change.ts'

/** Lets a tunnel's page watch a change of high risk that was just made: beside it stands the status of before. */
export function useNoteRisk() {
  const client = useQueryClient()
  const { email } = useSession().user
  return (tunnelId: string, sentAt: number) => {
    const before = client.getQueryData(statusQuery().queryKey)?.body.statuses[tunnelId]
    watchChange({
      tunnelId,
      by: email,
      sentAt,
      stateBefore: before?.state ?? null,
      bgpBefore: before?.bgp?.state ?? null,
    })
  }
}
