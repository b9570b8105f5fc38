import { type TunnelState, tunnelStates } from '@tunnel-console/shared/status'

const sortKeys = ['state', 'name', 'affects', 'bgp', 'cloudflare', 'customer', 'inside', 'key', 'changed'] as const
export type SortKey = (typeof sortKeys)[number]

/** How a person looks at the list. It lives in the URL, so that it can be sent to a colleague. */
export interface TunnelView {
  q: string
  states: readonly TunnelState[]
  sort: SortKey
  dir: 'asc' | 'desc'
  /** Under headings of their sites. */
  isBySite: boolean
}

/** What of a view is written into the URL: only what is not the default. */
export interface TunnelSearch {
  q?: string
  /** States, joined by commas. */
  state?: string
  sort?: SortKey
  dir?: 'desc'
  group?: 'site'
}

/** Reads a URL leniently: what is not known is left out. */
export function viewOf(search: Record<string, unknown>): TunnelView {
  const { q, state, sort, dir, group } = search
  const wanted = typeof state === 'string' ? state.split(',') : []
  return {
    q: typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, 200) : '',
    states: tunnelStates.filter((name) => wanted.includes(name)),
    sort: sortKeys.find((key) => key === sort) ?? 'state',
    dir: dir === 'desc' ? 'desc' : 'asc',
    isBySite: group === 'site',
  }
}

export function searchOf({ q, states, sort, dir, isBySite }: TunnelView): TunnelSearch {
  return {
    ...(q && { q }),
    ...(states.length > 0 && { state: states.join(',') }),
    ...(sort !== 'state' && { sort }),
    ...(dir === 'desc' && { dir }),
    ...(isBySite && { group: 'site' }),
  }
}
