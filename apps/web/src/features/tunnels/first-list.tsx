import type { FirstRows } from '@tunnel-console/shared/first-list'
import type { ReactNode } from 'react'
import { count, formatNumber } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterBox } from './filter/filter-box.tsx'
import { defaultLooks, type Person } from './list-looks.ts'
import { Glance } from './overview/glance.tsx'
import { placeOf } from './overview/overview-slot.tsx'
import { StateCounters } from './state-counters.tsx'
import { ToolsSlot } from './tools/tools-slot.tsx'
import { columnsFor } from './tunnel-columns.tsx'
import { TunnelCompact } from './tunnel-compact.tsx'
import type { TunnelRow } from './tunnel-rows.ts'
import { viewOf } from './tunnel-view.ts'

interface FirstListProps extends FirstRows {
  person: Person
  canSelect: boolean
  afterSummary: ReactNode
}

/**
 * The top of the list as `TunnelList` draws it for somebody who has set nothing, from what the server knows: it is in the page
 * before any code is. Nothing in it can be pressed. `e2e/first-list.e2e.ts` holds both against each other.
 */
export function FirstList({ rows, fleet, person, canSelect, afterSummary }: FirstListProps) {
  const { counts, worst, oneLeft, noneLeft } = fleet
  const total = [...counts.values()].reduce((sum, part) => sum + part, 0)
  const looks = defaultLooks(person)
  return (
    <>
      <div className={placeOf((counts.get('down') ?? 0) + (counts.get('degraded') ?? 0) > 0)}>
        <section className="text-13 text-fg-2">
          <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
            <Glance fleet={fleet} isOld={false} />
            {worst.length + oneLeft.length + noneLeft.length > 0 && (
              <Button size="small" kind="ghost">
                Details
              </Button>
            )}
          </div>
        </section>
      </div>
      <FilterBox
        text=""
        terms={[]}
        canSeeKeys={person.canRead}
        known={() => ({ sites: [], canSeeKeys: person.canRead })}
        onChange={nothing}
        onEnter={nothing}
        onDown={nothing}
        onLeave={nothing}
      >
        <StateCounters counts={counts} present={counts} isOld={false} chosen={[]} onChange={nothing} />
      </FilterBox>
      <div data-density={looks.density}>
        <div className="flex min-h-8 flex-wrap items-center gap-x-3 pb-2 text-13 text-fg-2 pointer-coarse:min-h-11">
          <span className="nums">{count(total, 'tunnel')}</span>
          {canSelect && (
            <Button size="small" kind="ghost">
              {`Select all ${formatNumber(total)}`}
            </Button>
          )}
          {afterSummary}
          <span className="flex flex-wrap gap-x-3 md:ml-auto">
            <ToolsSlot person={person} looks={looks} view={viewOf({})} rows={[]} onLooks={nothing} onView={nothing} />
          </span>
        </div>
        <DataTable
          caption="IPsec tunnels"
          columns={columnsFor(looks.columns)}
          rows={amongAll(rows, total)}
          rowId={(row) => row.tunnel.id}
          rowHeight="two-line"
          isSortedOutside
          sorting={[{ id: 'state', desc: false }]}
          compact={(row) => <TunnelCompact row={row} />}
          {...(canSelect && { selection })}
        />
      </div>
    </>
  )
}

const nothing = () => undefined

const selection = {
  ids: new Set<string>(),
  onChange: nothing,
  label: ({ tunnel }: TunnelRow) => `Select ${tunnel.name}`,
}

/** As many rows as there are, of which only the first are known: a table tells by their number how it is drawn. */
function amongAll(first: FirstRows['rows'], total: number): readonly TunnelRow[] {
  const rows: TunnelRow[] = new Array(total)
  for (const [place, row] of first.entries()) rows[place] = { ...row, place, isOld: false }
  return rows
}
