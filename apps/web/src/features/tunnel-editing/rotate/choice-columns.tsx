import { keyAge } from '@tunnel-console/shared/key-age'
import { stateRank, stateWords, type TunnelState } from '@tunnel-console/shared/status'
import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'
import { useKeyAgeLimits } from '../../../data/settings.ts'
import { formatNumber } from '../../../lib/format.ts'
import { Address } from '../../../ui/address.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { columnsOf } from '../../../ui/data-table-kit.ts'
import { useNow } from '../../../ui/time-ago.tsx'

export interface ChoiceRow {
  tunnel: VisibleTunnel
  state: TunnelState
  /** When the key was made, in milliseconds; the oldest are the largest. Without a known date: 0. */
  age: number
  madeAt: string | null
}

export function choiceRow(tunnel: VisibleTunnel, state: TunnelState): ChoiceRow {
  const madeAt = (isWholeTunnel(tunnel) ? tunnel.psk_metadata?.last_generated_on : null) ?? null
  return { tunnel, state, madeAt, age: -(Date.parse(madeAt ?? '') || 0) || Number.NEGATIVE_INFINITY }
}

const column = columnsOf<ChoiceRow>()

export const choiceColumns = column.columns([
  column.accessor((row) => row.tunnel.name, {
    id: 'name',
    header: 'Name',
    cell: ({ row }) => <Name row={row.original} />,
    meta: { isRowHeader: true },
  }),
  column.accessor((row) => row.age, {
    id: 'age',
    header: 'Key age',
    cell: ({ row }) => <KeyAge madeAt={row.original.madeAt} />,
  }),
  column.accessor((row) => stateRank(row.state), {
    id: 'state',
    header: 'State',
    cell: ({ row }) => stateWords[row.original.state],
  }),
  column.accessor((row) => row.tunnel.cloudflare_endpoint, {
    id: 'peer',
    header: 'Cloudflare endpoint',
    cell: ({ row }) => <Address value={row.original.tunnel.cloudflare_endpoint} canCopy={false} />,
  }),
])

function Name({ row: { tunnel } }: { row: ChoiceRow }) {
  return <span className="text-14 font-medium [overflow-wrap:anywhere]">{tunnel.name || tunnel.id}</span>
}

export function CompactChoice({ row }: { row: ChoiceRow }) {
  return (
    <span className="flex flex-col gap-0.5">
      <Name row={row} />
      <span className="flex flex-wrap gap-x-3 text-13 text-fg-2">
        <KeyAge madeAt={row.madeAt} />
        <span>{stateWords[row.state]}</span>
      </span>
    </span>
  )
}

/** In days, as keys are counted, with a word where it is many. */
function KeyAge({ madeAt }: { madeAt: string | null }) {
  const age = keyAge(madeAt, useNow(), useKeyAgeLimits())
  if (!age) return <span className="text-fg-3">no date</span>
  return (
    <span className="nums inline-flex flex-wrap items-center gap-x-2">
      {formatNumber(age.days)} d
      {age.level !== 'fine' && (
        <Badge tone={age.level === 'warn' ? 'degraded' : 'unknown'}>{age.level === 'warn' ? 'Old' : 'Ageing'}</Badge>
      )}
    </span>
  )
}
