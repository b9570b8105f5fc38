import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { type TunnelStatus, tunnelStatus } from '@tunnel-console/shared/status'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { type ReactNode, useState } from 'react'
import { render } from 'vitest-browser-react'
import { createStore, useStore } from '../../lib/store.ts'
import { type Selected, SelectionBar } from './selection-bar.tsx'
import { TunnelList } from './tunnel-list.tsx'
import type { TunnelRow } from './tunnel-rows.ts'
import { type TunnelView, viewOf } from './tunnel-view.ts'

const now = new Date('2026-11-22T12:00:00Z')

/** A tunnel by its number: name `site-0007`, inside 10.252.0.14/31. */
export function tunnelAt(n: number, more: Record<string, unknown> = {}): Tunnel {
  return Tunnel.parse({
    id: n.toString(16).padStart(32, '0'),
    name: `site-${String(n).padStart(4, '0')}`,
    cloudflare_endpoint: '162.159.135.10',
    customer_endpoint: `203.0.113.${n % 250}`,
    interface_address: `10.252.${n >> 7}.${(n * 2) % 256}/31`,
    psk_metadata: { last_generated_on: '2026-01-01T00:00:00Z' },
    modified_on: '2026-11-20T00:00:00Z',
    ...more,
  })
}

export interface World {
  tunnels: readonly Tunnel[]
  statuses: Record<string, TunnelStatus>
}

/** Every tunnel healthy, but for the scores given by number. */
export function worldOf(tunnels: readonly Tunnel[], scores: Record<number, number> = {}): World {
  const statuses = tunnels.map((tunnel, n): [string, TunnelStatus] => [
    tunnel.id,
    tunnelStatus(tunnel, { score: scores[n] ?? 1, at: now.toISOString() }, now),
  ])
  return { tunnels, statuses: Object.fromEntries(statuses) }
}

const drawn = createStore<ReactNode>(null)

function Drawn() {
  return useStore(drawn)
}

/** Draws inside a router, for links. `drawn.set` changes what is drawn, as a poll would. */
async function renderRouted(node: ReactNode) {
  drawn.set(node)
  const history = createMemoryHistory({ initialEntries: ['/'] })
  const router = createRouter({ routeTree: createRootRoute({ component: Drawn }), history })
  await render(<RouterProvider router={router as never} />)
}

/** The row that was last opened by a key. */
export const opened = createStore<TunnelRow | null>(null)

/** The ids that "Edit" was last pressed for. */
export const editedMany = createStore<readonly string[]>([])
const many = (selected: Selected) => <SelectionBar {...selected} actions={{ onEdit: editedMany.set }} />

/** The view that was last asked for, as the URL would hold it. */
export const asked = createStore<TunnelView | null>(null)

/** Whose list it is: an operator's. */
export const person = { id: '1', canRead: true }

function Listed({ world, search, isOld }: { world: World; search: Record<string, unknown>; isOld: boolean }) {
  const [view, setView] = useState(() => viewOf(search))
  const change = (next: TunnelView) => {
    asked.set(next)
    setView(next)
  }
  return (
    <TunnelList
      {...world}
      isOld={isOld}
      person={person}
      view={view}
      onViewChange={change}
      onOpen={opened.set}
      many={many}
    />
  )
}

/** The list over a world. The answer gives it the next poll, or lets the status grow old. */
export async function renderList(world: World, search: Record<string, unknown> = {}) {
  await renderRouted(<Listed world={world} search={search} isOld={false} />)
  return (next: World, isOld = false) => drawn.set(<Listed world={next} search={search} isOld={isOld} />)
}
