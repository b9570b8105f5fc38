import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { jobsQuery } from '../data/jobs.ts'
import { tunnelsQuery } from '../data/tunnels.ts'
import { jobLook, jobTitle } from '../features/jobs/words.ts'
import { clearSelection, selectedTunnels } from '../features/tunnels/selection.ts'
import { type Command, isFoundBy, registerCommands } from '../lib/commands.ts'
import { count } from '../lib/format.ts'
import { useManyActions } from './use-many-actions.ts'

/** Puts jobs, and what can be done with the selected tunnels, into the command palette. Draws nothing. */
export function ManyCommands() {
  const router = useRouter()
  const client = useQueryClient()
  const latest = useRef<() => readonly Command[]>(() => [])
  const many = useManyActions()
  latest.current = () => {
    const jobs = (client.getQueryData(jobsQuery().queryKey) ?? []).map((job) => ({
      id: `job-${job.id}`,
      label: jobTitle(job),
      group: 'Jobs',
      hint: jobLook(job).word,
      keywords: `job ${job.by.email} ${job.reason ?? ''}`,
      run: () => void router.navigate({ to: '/jobs/$jobId', params: { jobId: job.id } }),
    }))
    if (!many) return jobs
    const { onDelete } = many
    const files = filePages.map(({ to, label }) => ({
      id: to,
      label,
      group: 'Files',
      keywords: 'csv json terraform file drift',
      run: () => void router.navigate({ to }),
    }))
    const ids = selectedIds(client)
    // There, one is open already, and it would not turn into another.
    const isOpen = bulkPages.includes(router.state.location.pathname)
    if (isOpen || ids.length === 0) return [...files, ...jobs]
    const selected = [
      { label: `Edit ${count(ids.length, 'selected tunnel')}`, run: () => many.onEdit(ids) },
      ...(onDelete ? [{ label: `Delete ${count(ids.length, 'selected tunnel')}…`, run: () => onDelete(ids) }] : []),
      { label: 'Clear the selection', run: clearSelection },
    ].map((command) => ({ ...command, id: command.label, group: 'Selected tunnels', keywords: 'bulk many' }))
    return [...selected, ...files, ...jobs]
  }
  // The palette is a store outside React.
  useEffect(
    () =>
      registerCommands((query) =>
        query === ''
          ? []
          : latest
              .current()
              .filter((command) => isFoundBy(command, query))
              .slice(0, shownAtMost),
      ),
    [],
  )
  return null
}

const bulkPages = ['/tunnels/bulk', '/tunnels/bulk-delete']

const filePages = [
  { to: '/import', label: 'Import tunnels' },
  { to: '/plan', label: 'Plan from a file' },
] as const

const shownAtMost = 8

/** As the bar of the list counts them: who is gone by now counts no more. */
function selectedIds(client: QueryClient): string[] {
  const chosen = selectedTunnels.get()
  const { tunnels } = client.getQueryData(tunnelsQuery().queryKey)?.body ?? { tunnels: [] }
  return tunnels.flatMap(({ id }) => (chosen.has(id) ? [id] : []))
}
