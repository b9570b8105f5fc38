import { affectsWord } from '@tunnel-console/shared/affects'
import { peerAddress } from '@tunnel-console/shared/ip'
import type { ReactNode } from 'react'
import { count, formatPercent } from '../../lib/format.ts'
import { Address, Nothing } from '../../ui/address.tsx'
import { type Columns, columnsOf } from '../../ui/data-table-kit.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { ForHowLong } from './for-how-long.tsx'
import type { ColumnId } from './list-looks.ts'
import { bgpLook, statusLook } from './looks.ts'
import { TunnelLink } from './tunnel-link.tsx'
import { rankOf, type TunnelRow } from './tunnel-rows.ts'

const column = columnsOf<TunnelRow>()

// The rows come first; their places are kept.
const place = () => <span className="block h-5 w-24" />
const DayBars = lazyPart(async () => (await import('./list-rest.tsx')).DayBars, { Waiting: place, Missing: place })
const KeyAgeCell = lazyPart(async () => (await import('./list-rest.tsx')).KeyAgeCell, {
  Waiting: place,
  Missing: place,
})

/** What the cells show that comes after the rows, for who draws them once. */
export const preloadCells = () => Promise.all([DayBars.preload(), KeyAgeCell.preload()])

const tunnelColumns = column.columns([
  column.accessor(rankOf('state'), {
    id: 'state',
    header: 'State',
    tint: ({ status }) => status.state,
    cell: ({ row }) => <StateCell row={row.original} />,
    brief: ({ status, isOld }) => <StateBadge {...statusLook(status, isOld)} look="plain" />,
    meta: { width: '13.5rem', narrowWidth: '12rem', stickyLeft: '0px' },
  }),
  column.accessor(rankOf('name'), {
    id: 'name',
    header: 'Name',
    tint: ({ tunnel }) => `${tunnel.name}\n${tunnel.description}`,
    cell: ({ row }) => <NameCell row={row.original} />,
    brief: ({ tunnel }) => <span className="block truncate text-14 font-medium">{tunnel.name || tunnel.id}</span>,
    meta: { isRowHeader: true, stickyLeft: '13.5rem', width: '10.5rem', isCut: true },
  }),
  column.accessor(rankOf('affects'), {
    id: 'affects',
    header: 'Affects traffic',
    cell: ({ row }) => <AffectsCell row={row.original} />,
    meta: { width: '7.75rem', align: 'right' },
  }),
  column.accessor(rankOf('bgp'), {
    id: 'bgp',
    header: 'BGP',
    tint: ({ status }) => status.bgp?.word ?? '',
    cell: ({ row }) => <BgpCell row={row.original} />,
    meta: { width: '7rem' },
  }),
  column.accessor(rankOf('cloudflare'), {
    id: 'cloudflare',
    header: 'Cloudflare endpoint',
    tint: ({ tunnel }) => tunnel.cloudflare_endpoint,
    cell: ({ row }) => <Address value={row.original.tunnel.cloudflare_endpoint} />,
    meta: { width: '9.5rem' },
  }),
  column.accessor(rankOf('customer'), {
    id: 'customer',
    header: 'Customer endpoint',
    tint: ({ tunnel }) => tunnel.customer_endpoint,
    cell: ({ row }) => <Address value={row.original.tunnel.customer_endpoint} />,
    meta: { width: '9.25rem' },
  }),
  column.accessor(rankOf('inside'), {
    id: 'inside',
    header: 'Inside address',
    tint: ({ tunnel }) => tunnel.interface_address,
    cell: ({ row }) => <InsideCell row={row.original} />,
    meta: { width: '11.5rem' },
  }),
  column.display({
    id: 'day',
    header: '24 h',
    cell: ({ row }) => <DayBars day={row.original.status.day} />,
    meta: { width: '7.5rem' },
  }),
  column.accessor(rankOf('key'), {
    id: 'key',
    header: 'Key age',
    cell: ({ row }) => <KeyAgeCell tunnel={row.original.tunnel} />,
    meta: { width: '5.5rem', align: 'right' },
  }),
  column.accessor(rankOf('changed'), {
    id: 'changed',
    header: 'Changed',
    tint: ({ tunnel }) => tunnel.modified_on ?? '',
    cell: ({ row: { original } }) =>
      original.tunnel.modified_on ? <TimeAgo at={original.tunnel.modified_on} /> : <Nothing />,
    meta: { width: '7rem' },
  }),
])

const known = new Map<string, Columns<TunnelRow>>()

/** State, name, and these: the same list for the same choice, so that the table is not made anew. */
export function columnsFor(chosen: readonly ColumnId[]): Columns<TunnelRow> {
  const name = chosen.join()
  const columns = known.get(name) ?? tunnelColumns.filter(({ id = '' }) => always.has(id) || isIn(chosen, id))
  known.set(name, columns)
  return columns
}

const always: ReadonlySet<string> = new Set(['state', 'name'])
const isIn = (chosen: readonly string[], id: string) => chosen.includes(id)

/** The reason stands under every state but Up, where it is no news. */
function StateCell({ row: { status, isOld } }: { row: TunnelRow }) {
  return (
    <span className="block" title={status.reason}>
      <StateBadge {...statusLook(status, isOld)} look="plain" detail={<ForHowLong status={status} />} />
      {status.state === 'up' ? <span className="sr-only">{status.reason}</span> : <Muted>{status.reason}</Muted>}
    </span>
  )
}

/** "Yes, 62%", "No", or "?" where it cannot be told. */
function AffectsCell({ row: { status } }: { row: TunnelRow }) {
  const { affected } = status
  const word = affectsWord(affected)
  if (word === 'no') return <span className="text-fg-2">No</span>
  const places =
    affected && affected.dataCentres > 0 ? `${count(affected.dataCentres, 'data centre')} not up` : undefined
  if (word === 'unknown') {
    return (
      <span className="text-fg-3" title={places}>
        <span aria-hidden>?</span>
        <span className="sr-only">{`not known${places ? `, ${places}` : ''}`}</span>
      </span>
    )
  }
  return (
    <span className="font-medium" title={places}>
      Yes, {formatPercent(affected?.share ?? 0)}
    </span>
  )
}

function NameCell({ row: { tunnel } }: { row: TunnelRow }) {
  return (
    <>
      <TunnelLink tunnel={tunnel} isCut />
      {tunnel.description && (
        <Muted title={tunnel.description} isCut>
          {tunnel.description}
        </Muted>
      )}
    </>
  )
}

function BgpCell({ row: { status, isOld } }: { row: TunnelRow }) {
  if (!status.bgp) return <Nothing words="no BGP" />
  return <StateBadge {...bgpLook(status.bgp, isOld)} look="plain" />
}

function InsideCell({ row: { tunnel } }: { row: TunnelRow }) {
  const peer = peerAddress(tunnel.interface_address)
  return (
    <>
      <Address value={tunnel.interface_address} />
      {peer && (
        <Muted title={`Cloudflare end ${tunnel.interface_address.split('/')[0]}, your end ${peer}`}>
          your end <span className="mono text-12">{peer}</span>
        </Muted>
      )}
    </>
  )
}

function Muted({ children, title, isCut }: { children: ReactNode; title?: string; isCut?: boolean }) {
  return (
    <span
      title={title}
      className={`block text-12 text-fg-3 in-data-[density=compact]:sr-only ${isCut ? 'w-0 min-w-full truncate' : ''}`}
    >
      {children}
    </span>
  )
}
