import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { JobEntry } from '@tunnel-console/shared/jobs'
import { useAnew } from '../../data/anew.ts'
import { jobsQuery } from '../../data/jobs.ts'
import { useCan } from '../../data/session.ts'
import { undosQuery } from '../../data/undos.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { progressTitle } from './words.ts'

/** The job that runs now, or is paused half-way, on every page: "Bulk edit: 12 of 40". */
export function RunningJob() {
  const mayRead = useCan('tunnel.read')
  const jobs = useQuery({ ...jobsQuery(), enabled: mayRead }).data
  // What a job has just made undoes itself: its strip must not wait for the next look at what does.
  useAnew(undosQuery().queryKey, madeForAWhile(jobs ?? []))
  const job = mayRead ? shownOf(jobs ?? []) : undefined
  if (!job) return null
  const isPaused = job.state === 'paused'
  return (
    <Link
      to="/jobs/$jobId"
      params={{ jobId: job.id }}
      data-job
      className="inline-flex min-h-7 items-center gap-2 rounded-m bg-establishing-bg px-2.5 text-13 font-medium text-establishing-fg hover:underline pointer-coarse:min-h-11"
    >
      {!isPaused && <Spinner />}
      <span className="nums">{progressTitle(job)}</span>
      {isPaused && <span>(paused)</span>}
    </Link>
  )
}

/** How many changes of jobs undo themselves unless they are kept, as far as they are made. */
const madeForAWhile = (jobs: readonly JobEntry[]) =>
  jobs.reduce((sum, { options, counts }) => sum + (options.undoMinutes === null ? 0 : counts.done), 0)

/** What runs comes before what waits for somebody. */
function shownOf(jobs: readonly JobEntry[]): JobEntry | undefined {
  return jobs.find(({ state }) => state === 'running') ?? jobs.find(({ state }) => state === 'paused')
}
