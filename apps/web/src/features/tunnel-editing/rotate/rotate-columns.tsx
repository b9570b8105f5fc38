import { createContext, type ReactNode, useContext } from 'react'
import { Address } from '../../../ui/address.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { columnsOf } from '../../../ui/data-table-kit.ts'
import { Why } from '../../../ui/why.tsx'
import { KeyCell } from './key-cell.tsx'
import type { RotatedKey } from './use-rotate.ts'

interface KeyRowActs {
  isSending: boolean
  onCopied: () => void
  onAgain: (row: RotatedKey) => void
  onHandOff: (row: RotatedKey) => void
}

/** What can be done with a row. Not in the rows: new ones draw every cell anew, which takes the focus out of them. */
export const KeyRowActs = createContext<KeyRowActs>({
  isSending: false,
  onCopied: () => undefined,
  onAgain: () => undefined,
  onHandOff: () => undefined,
})

const column = columnsOf<RotatedKey>()

export const rotateColumns = column.columns([
  column.accessor((row) => row.tunnel.name, {
    id: 'tunnel',
    header: 'Tunnel',
    cell: ({ row }) => <Name row={row.original} />,
    meta: { isRowHeader: true },
  }),
  column.accessor((row) => row.result.outcome, {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ row }) => <Outcome row={row.original} />,
    meta: { width: '14rem' },
  }),
  column.display({
    id: 'key',
    header: 'New key',
    cell: ({ row }) => <Key row={row.original} />,
  }),
  column.accessor((row) => row.tunnel.peerAddress, {
    id: 'peer',
    header: 'Peer address',
    cell: ({ row }) => <Address value={row.original.tunnel.peerAddress} />,
  }),
  column.accessor((row) => identityOf(row), {
    id: 'identity',
    header: 'IKE identity',
    cell: ({ row }) => <Identity row={row.original} />,
  }),
])

export const identityOf = ({ tunnel, result }: RotatedKey): string =>
  tunnel.identities?.fqdn_id || result.ipsec_id || ''

const Name = ({ row }: { row: RotatedKey }) => (
  <span className="text-14 font-medium [overflow-wrap:anywhere]">{row.tunnel.name}</span>
)

function Identity({ row }: { row: RotatedKey }) {
  return <Address value={identityOf(row)} isId />
}

/** What came of it, why, and what to do next. */
function Outcome({ row }: { row: RotatedKey }): ReactNode {
  const { outcome, problem } = row.result
  const acts = useContext(KeyRowActs)
  if (outcome === 'applied') return <Badge tone="up">New key in force</Badge>
  const words =
    outcome === 'unknown' ? 'It may have a new key, which nobody has: set it again.' : 'The former key stays.'
  const said = problem?.upstream?.map(({ message }) => message).join(' ') || problem?.detail
  return (
    <span className="flex max-w-80 flex-col items-start gap-1 py-1 whitespace-normal">
      <Badge tone={outcome === 'unknown' ? 'degraded' : 'down'}>{outcome === 'unknown' ? 'Unknown' : 'Refused'}</Badge>
      <span className="text-13 text-fg-2">
        {problem && outcome === 'rejected' && `${said || problem.title} `}
        {words}
      </span>
      {problem && <Why reasons={[problem]} ray={problem.ray} requestId={problem.requestId} />}
      <Button
        size="small"
        disabledReason={acts.isSending ? 'Wait for the answer' : undefined}
        reasonPlace="described"
        aria-label={`Set the key of ${row.tunnel.name} again`}
        onClick={() => acts.onAgain(row)}
      >
        Set again
      </Button>
    </span>
  )
}

function Key({ row }: { row: RotatedKey }) {
  const { tunnel, result } = row
  const acts = useContext(KeyRowActs)
  if (result.outcome !== 'applied') return <span className="text-13 text-fg-3">none to show</span>
  if (result.psk === undefined) return <span className="text-13 text-fg-3">hidden for safety</span>
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 py-1">
      <KeyCell name={tunnel.name} psk={result.psk} onCopied={acts.onCopied} />
      <Button size="small" aria-label={`Hand off the key of ${tunnel.name}`} onClick={() => acts.onHandOff(row)}>
        Hand off
      </Button>
    </span>
  )
}

/** A row on a phone. */
export function CompactKey({ row }: { row: RotatedKey }) {
  return (
    <span className="flex flex-col items-start gap-1.5">
      <Name row={row} />
      <Outcome row={row} />
      {row.result.outcome === 'applied' && (
        <>
          <Key row={row} />
          <Address value={row.tunnel.peerAddress} />
          <Identity row={row} />
        </>
      )}
    </span>
  )
}
