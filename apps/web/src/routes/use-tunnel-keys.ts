import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCan } from '../data/session.ts'
import { statusQuery } from '../data/status.ts'
import { tunnelsQuery } from '../data/tunnels.ts'
import { neighbourOf } from '../features/tunnels/neighbour.ts'
import { useShortcuts } from '../lib/shortcuts.ts'
import { announce } from '../ui/announcer.tsx'

/** On a tunnel: `e` edits it, `[` and `]` lead to the one before and after it in the list. */
export function useTunnelKeys(id: string): void {
  const client = useQueryClient()
  const navigate = useNavigate()
  const canEdit = useCan('tunnel.update')
  const go = (step: 1 | -1) => {
    const tunnels = client.getQueryData(tunnelsQuery().queryKey)?.body.tunnels ?? []
    const statuses = client.getQueryData(statusQuery().queryKey)?.body.statuses ?? {}
    const next = neighbourOf(id, step, tunnels, statuses)
    if (next === undefined)
      announce(step === 1 ? 'This is the last tunnel of the list' : 'This is the first tunnel of the list')
    else void navigate({ to: '/tunnels/$id', params: { id: next }, search: (now) => now })
  }
  useShortcuts({
    ...(canEdit && { e: () => void navigate({ to: '/tunnels/$id/edit', params: { id } }) }),
    '[': () => go(-1),
    ']': () => go(1),
  })
}
