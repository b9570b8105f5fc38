import { formatPercent } from '../../lib/format.ts'
import { Address } from '../../ui/address.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { StateShape } from '../../ui/state-shape.tsx'
import { toneFill } from '../../ui/tone.ts'
import { ForHowLong } from './for-how-long.tsx'
import { bgpLook, statusLook } from './looks.ts'
import { Tinted } from './tinted.tsx'
import { TunnelLink } from './tunnel-link.tsx'
import type { TunnelRow } from './tunnel-rows.ts'

/** A row on a phone: shape, name and state; inside address and BGP below, and of what is not up what it hurts, why and for how long. */
export function TunnelCompact({ row }: { row: TunnelRow }) {
  const { tunnel, status, isOld } = row
  const look = statusLook(status, isOld)
  return (
    // What is not near is cut off at its edge, so the edge is where the tint ends.
    <span className="drawn-near -mx-2 -my-1 block px-2 py-1">
      <Tinted value={status.state}>
        <span className="flex items-baseline gap-2">
          <span className={`inline-flex translate-y-px ${toneFill[look.tone]}`}>
            <StateShape shape={look.shape} />
          </span>
          <span className="min-w-0 flex-1 py-1">
            <TunnelLink tunnel={tunnel} isWhole />
          </span>
          <span className="text-13 font-medium whitespace-nowrap">{look.word}</span>
        </span>
        <span className="flex flex-wrap items-center justify-between gap-x-4 pl-5 text-12 text-fg-3">
          <Address value={tunnel.interface_address} canCopy={false} />
          {status.bgp && (
            <span className="inline-flex items-center gap-1.5">
              BGP <StateBadge {...bgpLook(status.bgp, isOld)} look="plain" />
            </span>
          )}
        </span>
        {status.state !== 'up' && (
          <span className="flex flex-wrap items-center justify-between gap-x-4 pl-5 text-12 text-fg-3">
            {status.affected?.share
              ? `${formatPercent(status.affected.share)} of its traffic · ${status.reason}`
              : status.reason}
            <ForHowLong status={status} />
          </span>
        )}
      </Tinted>
    </span>
  )
}
