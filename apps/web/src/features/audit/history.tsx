import { useState } from 'react'
import { type AuditFilter, auditFilterOf } from '../../data/audit-filter.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { AuditEntries } from './audit-entries.tsx'
import { SpanFilters } from './span-filters.tsx'

/** What was done to one tunnel: its part of the log. */
export function History({ id }: { id: string }) {
  const [filter, setFilter] = useState<AuditFilter>({})
  const isFiltered = Object.keys(filter).length > 0
  const clear = () => setFilter({})
  return (
    <>
      <div className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        <SpanFilters filter={filter} onSet={(key, value) => setFilter(auditFilterOf({ ...filter, [key]: value }))} />
        {isFiltered && (
          <Button kind="ghost" onClick={clear}>
            Clear filters
          </Button>
        )}
      </div>
      <AuditEntries
        filter={{ ...filter, target: id }}
        hasTarget={false}
        empty={
          isFiltered ? (
            <EmptyState title="No entries match" actions={<Button onClick={clear}>Clear filters</Button>} />
          ) : (
            <EmptyState title="No changes recorded">
              This console has not changed this tunnel, and has seen no change from outside.
            </EmptyState>
          )
        }
      />
    </>
  )
}
