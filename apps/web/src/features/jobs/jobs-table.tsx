import type { JobEntry } from '@tunnel-console/shared/jobs'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { JobCard, jobColumns } from './job-columns.tsx'

/** Every job that is remembered, the newest first. */
export function JobsTable({ jobs }: { jobs: readonly JobEntry[] }) {
  return (
    <DataTable
      caption="Jobs"
      columns={jobColumns}
      rows={jobs}
      rowId={({ id }) => id}
      rowHeight="two-line"
      defaultSorting={[{ id: 'createdAt', desc: true }]}
      compact={(job) => <JobCard job={job} />}
      empty={
        <EmptyState title="No jobs yet">
          Select tunnels in the list and edit them together: the console then works on them, also when no page is open.
        </EmptyState>
      }
    />
  )
}
