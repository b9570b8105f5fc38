import { Link } from '@tanstack/react-router'
import { type JobEntry, jobStates } from '@tunnel-console/shared/jobs'
import { columnsOf } from '../../ui/data-table-kit.ts'
import { StateBadge } from '../../ui/state-badge.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { jobLook, jobTitle, progressWords, resultWords } from './words.ts'

const column = columnsOf<JobEntry>()

export const jobColumns = column.columns([
  column.accessor('createdAt', {
    header: 'Job',
    cell: ({ row }) => <JobLink job={row.original} />,
    meta: { isRowHeader: true, width: '16rem', narrowWidth: '13rem' },
  }),
  column.accessor(({ state }) => jobStates.indexOf(state), {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge {...jobLook(row.original)} look="plain" />,
  }),
  column.display({ id: 'result', header: 'Result', cell: ({ row }) => <JobResult job={row.original} /> }),
  column.accessor(({ by }) => by.email, { id: 'by', header: 'By' }),
  column.display({ id: 'when', header: 'When', cell: ({ row }) => <JobTime job={row.original} /> }),
  column.display({
    id: 'reason',
    header: 'Reason',
    cell: ({ row }) => (
      <span className="line-clamp-2 max-w-[36ch] [overflow-wrap:anywhere]">{row.original.reason}</span>
    ),
  }),
])

function JobLink({ job }: { job: JobEntry }) {
  return (
    <Link to="/jobs/$jobId" params={{ jobId: job.id }} className="rounded-s text-14 font-medium hover:underline">
      {jobTitle(job)}
    </Link>
  )
}

function JobResult({ job }: { job: JobEntry }) {
  const hasBegun = job.startedAt !== null
  return <span className="nums text-fg-2">{hasBegun ? `${progressWords(job.counts)} · ${resultWords(job)}` : ''}</span>
}

/** The moment that says most of it. */
function JobTime({ job: { state, startsAt, startedAt, endedAt, createdAt } }: { job: JobEntry }) {
  const [word, at] =
    startsAt && (state === 'scheduled' || state === 'missed')
      ? [state === 'missed' ? 'Was due' : 'Starts', startsAt]
      : endedAt
        ? ['Ended', endedAt]
        : startedAt
          ? ['Started', startedAt]
          : ['Created', createdAt]
  return (
    <span className="whitespace-nowrap">
      {word} <TimeAgo at={at} />
    </span>
  )
}

/** A job on a phone. */
export function JobCard({ job }: { job: JobEntry }) {
  return (
    <span className="flex flex-col gap-1 py-1">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <JobLink job={job} />
        <StateBadge {...jobLook(job)} look="plain" />
      </span>
      <JobResult job={job} />
      <span className="flex flex-wrap justify-between gap-x-3 text-12 text-fg-3">
        <span className="[overflow-wrap:anywhere]">{job.by.email}</span>
        <JobTime job={job} />
      </span>
    </span>
  )
}
