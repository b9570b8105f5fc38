import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { deletedTunnelsQuery } from '../data/audit.ts'
import { auditFilterOf } from '../data/audit-filter.ts'
import { tunnelsQuery } from '../data/tunnels.ts'
import { AuditEntries } from '../features/audit/audit-entries.tsx'
import { AuditFilters } from '../features/audit/audit-filters.tsx'
import { ExportButtons } from '../features/audit/export-buttons.tsx'
import { CreateAgainLink } from '../features/versions/create-again.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHeader } from '../ui/page-header.tsx'

const route = getRouteApi('/app/audit')

export function AuditPage() {
  const search = route.useSearch()
  const filter = useMemo(() => auditFilterOf({ ...search }), [search])
  const navigate = route.useNavigate()
  const { targets, mayExist, isGone } = useTargets()
  const isFiltered = Object.keys(filter).length > 0
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every write, dry run and refusal of this console, and what was changed outside it, newest first."
        actions={<ExportButtons filter={filter} />}
      />
      {filter.entry !== undefined && (
        <div className="mb-4">
          <Banner
            title="One entry of the log"
            actions={
              <Button size="small" onClick={() => void navigate({ search: {} })}>
                Show the whole log
              </Button>
            }
          />
        </div>
      )}
      <AuditFilters filter={filter} onChange={(search) => void navigate({ search })} targets={targets} />
      {filter.target !== undefined && isGone(filter.target) && (
        <div className="mb-4 flex flex-wrap gap-2 empty:hidden">
          <CreateAgainLink id={filter.target} size="small" />
        </div>
      )}
      <AuditEntries
        filter={filter}
        mayExist={mayExist}
        empty={
          isFiltered ? (
            <EmptyState
              title="No entries match"
              actions={<Button onClick={() => void navigate({ search: {} })}>Clear filters</Button>}
            />
          ) : (
            <EmptyState title="Nothing has happened yet">Every change made here will leave a line.</EmptyState>
          )
        }
      />
    </>
  )
}

/** The tunnels that exist now, to filter by and to link to. Without a list, every id may exist. */
function useTargets() {
  const tunnels = useQuery({ ...tunnelsQuery(), refetchInterval: false, select: ({ body }) => body.tunnels }).data
  const deleted = useQuery(deletedTunnelsQuery()).data
  return useMemo(() => {
    const ids = tunnels && new Set(tunnels.map(({ id }) => id))
    const targets = (tunnels ?? [])
      .map(({ id, name }) => ({ value: id, label: name || id }))
      .sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }))
    const gone = Object.entries(deleted ?? {}).filter(([id]) => !ids?.has(id))
    targets.push(...gone.map(([id, name]) => ({ value: id, label: `${name || id} (deleted)` })))
    const names = deleted ?? {}
    const isGone = (id: string) => ids !== undefined && !ids.has(id) && id in names
    return { targets, isGone, mayExist: (id: string) => ids?.has(id) ?? true }
  }, [tunnels, deleted])
}
