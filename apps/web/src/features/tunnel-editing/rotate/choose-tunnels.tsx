import { createFilter } from '@tunnel-console/shared/search'
import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { useState } from 'react'
import { count, formatNumber } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { type ChoiceRow, CompactChoice, choiceColumns, choiceRow } from './choice-columns.tsx'
import { choiceProblem } from './choice-problem.ts'

interface ChooseTunnelsProps {
  tunnels: readonly VisibleTunnel[]
  statuses: Record<string, TunnelStatus>
  start: readonly string[]
  /** The choice is made. */
  onChosen: (ids: readonly string[]) => void
}

/** Which tunnels: by a filter and boxes. What is ticked stays so while it is filtered away, and is counted. */
export function ChooseTunnels({ tunnels, statuses, start, onChosen }: ChooseTunnelsProps) {
  const [text, setText] = useState('')
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set(start))
  const rows = tunnels.map((tunnel) => choiceRow(tunnel, statuses[tunnel.id]?.state ?? 'unknown'))
  const matches = text.trim() === '' ? null : createFilter(text)
  const shown = rows.filter(({ tunnel, state }) => matches === null || matches(tunnel, state))
  const chosen = rows.filter(({ tunnel }) => ids.has(tunnel.id))
  const hidden = chosen.filter((row) => !shown.includes(row)).length
  // Ticking all that is shown must not untick what is not.
  const change = (next: ReadonlySet<string>) => {
    const kept = chosen.filter((row) => !shown.includes(row)).map(({ tunnel }) => tunnel.id)
    setIds(new Set([...kept, ...next]))
  }
  return (
    <div className="tall:[&_:focus]:scroll-mb-28">
      <h2 className="mb-2 text-16 font-semibold">Choose the tunnels</h2>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-3">
        <SearchField
          label="Filter tunnels"
          value={text}
          onChange={setText}
          placeholder="Name, IP or prefix, ASN, state"
          className="w-full md:w-80"
        />
        <p role="status" className="nums text-13 text-fg-2">
          {`${formatNumber(chosen.length)} of ${count(rows.length, 'tunnel')} chosen`}
          {hidden > 0 && `, ${formatNumber(hidden)} of them not shown`}
        </p>
      </div>
      <DataTable<ChoiceRow>
        caption="Tunnels to choose from"
        columns={choiceColumns}
        rows={shown}
        rowId={({ tunnel }) => tunnel.id}
        defaultSorting={[{ id: 'age', desc: true }]}
        selection={{ ids, onChange: change, label: ({ tunnel }) => `Choose ${tunnel.name || tunnel.id}` }}
        compact={(row) => <CompactChoice row={row} />}
        empty={
          <EmptyState title="No tunnels match" actions={<Button onClick={() => setText('')}>Clear filter</Button>} />
        }
      />
      {/* On a phone the list is as long as the page: the way on stays in sight. */}
      <div className="z-10 mt-2 flex flex-wrap items-start gap-2 bg-canvas pt-2 pb-1 tall:sticky tall:bottom-0">
        <Button
          kind="primary"
          disabledReason={choiceProblem(chosen.length)}
          onClick={() => onChosen(chosen.map(({ tunnel }) => tunnel.id))}
        >
          {chosen.length === 0 ? 'Go on' : `Go on with ${count(chosen.length, 'tunnel')}`}
        </Button>
      </div>
    </div>
  )
}
