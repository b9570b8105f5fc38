import type { TunnelAnswer, TunnelVersion } from '@tunnel-console/shared/api'
import { blankDraft, draftOf } from '@tunnel-console/shared/draft'
import { cloneOf, secondTunnelOf } from '@tunnel-console/shared/new-tunnel'
import { asNew, lastSnapshot, type Snapshot } from '@tunnel-console/shared/versions'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import type { NeighbourTunnel } from '../form/use-tunnel-form.ts'
import type { CreationStart } from './use-creation.ts'

/** What the address asks a new tunnel to start with: one of these at most. */
export interface StartSearch {
  /** The last version of a tunnel, mostly one that is gone. */
  from?: string
  /** The settings of a tunnel, for another device. */
  clone?: string
  /** A tunnel that gets another beside it, over another of Cloudflare's addresses. */
  second?: string
  interface_address?: string
}

/** What was read for it. */
interface Loaded {
  versions: TunnelVersion[] | null
  tunnel: TunnelAnswer | null
  /** The account's tunnels, where the start depends on them. */
  others: readonly NeighbourTunnel[]
}

export interface NewTunnelStart extends CreationStart {
  /** The version that it starts as. */
  last: Snapshot | null
  /** The name of the tunnel that it is made after; `null`: there is none. */
  after: string | null
}

/** The same text for the same start: a draft remembers what it was begun with. Empty: with nothing. */
export const originOf = (search: StartSearch): string =>
  Object.keys(search).length === 0 ? '' : JSON.stringify(search)

export function startOf(search: StartSearch, { versions, tunnel, others }: Loaded): NewTunnelStart {
  const origin = originOf(search)
  const last = versions && lastSnapshot(versions)
  if (last) return { draft: asNew(last.draft), origin, last, after: null }
  const whole = tunnel && isWholeTunnel(tunnel.tunnel) ? tunnel.tunnel : null
  if (!whole) {
    const draft = { ...blankDraft, interface_address: search.interface_address ?? '' }
    return { draft, origin, last: null, after: null }
  }
  const draft = draftOf(whole)
  const beside = { names: others.map(({ name }) => name), endpoints: mostUsed(others) }
  const made = search.second === undefined ? cloneOf(draft) : secondTunnelOf(draft, beside)
  return { draft: made, origin, last: null, after: whole.name }
}

/** Cloudflare's addresses in use, the most used first. */
function mostUsed(others: readonly NeighbourTunnel[]): string[] {
  const uses = Map.groupBy(others, ({ cloudflare_endpoint }) => cloudflare_endpoint)
  uses.delete('')
  return [...uses].toSorted(([, a], [, b]) => b.length - a.length).map(([address]) => address)
}
