import { useMemo } from 'react'
import type { StatusAnswer, TunnelListAnswer } from '../../../packages/shared/src/api.ts'
import { stateRank, stateWords, type TunnelStatus } from '../../../packages/shared/src/status.ts'
import type { VisibleTunnel } from '../../../packages/shared/src/visible.ts'

interface Row {
  tunnel: VisibleTunnel
  status: TunnelStatus
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const compare = (one: Row, other: Row) =>
  stateRank(one.status.state) - stateRank(other.status.state) || collator.compare(one.tunnel.name, other.tunnel.name)

const heads = [
  '',
  'State',
  'Name',
  'Affects traffic',
  'BGP',
  'Cloudflare endpoint',
  'Customer endpoint',
  'Inside address',
  '24 h',
  'Changed',
]

/** The columns of the list, its order, and all of its rows: a table as React's own documentation draws one. */
export function PlainTable({ list, status }: { list: TunnelListAnswer; status: StatusAnswer }) {
  const rows = useMemo(
    () =>
      list.tunnels
        .flatMap((tunnel): Row[] => {
          const own = status.statuses[tunnel.id]
          return own ? [{ tunnel, status: own }] : []
        })
        .sort(compare),
    [list, status],
  )
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head}>{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PlainRow key={row.tunnel.id} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function PlainRow({ row: { tunnel, status } }: { row: Row }) {
  const { affected } = status
  return (
    <tr data-row={tunnel.id}>
      <td>
        <input type="checkbox" aria-label={`Select ${tunnel.name}`} />
      </td>
      <td>
        <b className={status.state}>{stateWords[status.state]}</b> {status.since?.slice(0, 16)}
        <small>{status.reason}</small>
      </td>
      <th scope="row">
        <a href={`/tunnels/${tunnel.id}`}>{tunnel.name}</a>
        <small>{tunnel.description}</small>
      </th>
      <td>{affected?.share == null ? '?' : affected.share > 0 ? `Yes, ${Math.round(affected.share * 100)}%` : 'No'}</td>
      <td>{status.bgp?.word ?? '–'}</td>
      <td>{tunnel.cloudflare_endpoint}</td>
      <td>{tunnel.customer_endpoint}</td>
      <td>{tunnel.interface_address}</td>
      <td>
        <code>{status.day}</code>
      </td>
      <td>{tunnel.modified_on?.slice(0, 10)}</td>
    </tr>
  )
}
