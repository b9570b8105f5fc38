import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { createFilter } from '@tunnel-console/shared/search'
import { useEffect } from 'react'
import { statusQuery } from '../../data/status.ts'
import { tunnelsQuery } from '../../data/tunnels.ts'
import { type Command, registerCommands } from '../../lib/commands.ts'
import { StateShape } from '../../ui/state-shape.tsx'
import { toneFill } from '../../ui/tone.ts'
import { isOldAt } from './live.ts'
import { stateLook } from './looks.ts'

const shownAtMost = 20

/** Puts the tunnels into the command palette, found by name, description, id or any address. Draws nothing. */
export function TunnelCommands() {
  const client = useQueryClient()
  const router = useRouter()
  // Pages that show the list keep it fresh; elsewhere one reading is enough to find a name.
  useQuery({
    ...tunnelsQuery(),
    staleTime: 60_000,
    refetchInterval: false,
    refetchOnWindowFocus: false,
    select: nothing,
  })

  // The palette is a store outside React.
  useEffect(
    () =>
      registerCommands((query): Command[] => {
        if (query === '') return []
        const tunnels = client.getQueryData(tunnelsQuery().queryKey)?.body.tunnels ?? []
        const status = client.getQueryData(statusQuery().queryKey)
        const statuses = status?.body.statuses ?? {}
        // The cache may be minutes old, and a hint has no room to say how old.
        const isOld = isOldAt(status?.fetchedAt, new Date())
        const matches = createFilter(query)
        return tunnels
          .filter((tunnel) => matches(tunnel, statuses[tunnel.id]?.state))
          .slice(0, shownAtMost)
          .map(({ id, name, interface_address }) => {
            const { tone, shape, word } = stateLook(statuses[id]?.state ?? 'unknown')
            return {
              id: `tunnel-${id}`,
              label: name || id,
              group: 'Tunnels',
              hint: isOld ? interface_address : `${interface_address} · ${word}`,
              icon: !isOld && (
                <span className={`inline-flex ${toneFill[tone]}`}>
                  <StateShape shape={shape} />
                </span>
              ),
              run: () => void router.navigate({ to: '/tunnels/$id', params: { id } }),
            }
          })
      }),
    [client, router],
  )
  return null
}

const nothing = () => null
