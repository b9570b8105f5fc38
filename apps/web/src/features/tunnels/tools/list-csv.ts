import { affectsWord } from '@tunnel-console/shared/affects'
import { csvLine } from '@tunnel-console/shared/csv'
import { dayWords } from '@tunnel-console/shared/day'
import { stateWords } from '@tunnel-console/shared/status'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { columnWords } from '../column-words.ts'
import type { ColumnId } from '../list-looks.ts'
import type { TunnelRow } from '../tunnel-rows.ts'

/** What a file says in place of a cell of the page. Times are UTC, ISO 8601; an age is the date that it follows from. */
const cells: Record<ColumnId, [head: string, of: (row: TunnelRow) => string | number | null]> = {
  affects: [columnWords.affects, ({ status }) => affectsCell(status)],
  bgp: [columnWords.bgp, ({ status }) => status.bgp?.word ?? null],
  cloudflare: [columnWords.cloudflare, ({ tunnel }) => tunnel.cloudflare_endpoint],
  customer: [columnWords.customer, ({ tunnel }) => tunnel.customer_endpoint],
  inside: [columnWords.inside, ({ tunnel }) => tunnel.interface_address],
  day: ['Last 24 h', ({ status }) => dayWords(status.day).replace('24 h: ', '')],
  key: ['Key made', ({ tunnel }) => (isWholeTunnel(tunnel) ? (tunnel.psk_metadata?.last_generated_on ?? null) : null)],
  changed: [columnWords.changed, ({ tunnel }) => tunnel.modified_on],
}

function affectsCell({ affected }: TunnelRow['status']): string {
  const word = affectsWord(affected)
  return word === 'yes' ? `yes, ${((affected?.share ?? 0) * 100).toFixed(1)}%` : word
}

/** The shown rows as CSV: state, name and the shown columns, in the order of the page. `asOf` is when the states were read. */
export function listCsv(rows: readonly TunnelRow[], columns: readonly ColumnId[], asOf: string | null): string {
  const chosen = columns.map((id) => cells[id])
  const head = ['State', 'Reason', 'Since', 'State as of', 'Name', 'Description', 'ID', ...chosen.map(([name]) => name)]
  const lines = rows.map((row) => {
    const { tunnel, status } = row
    const state = row.isOld ? `was ${stateWords[status.state].toLowerCase()}` : stateWords[status.state]
    const fixed = [state, status.reason, status.since, asOf, tunnel.name, tunnel.description, tunnel.id]
    return csvLine([...fixed, ...chosen.map(([, of]) => of(row))])
  })
  return csvLine(head) + lines.join('')
}
