import type { JobEntry } from '@tunnel-console/shared/jobs'
import { count } from '../../lib/format.ts'
import { type Definition, DefinitionList } from '../../ui/definition-list.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'

/** Who wanted it and why, when, and how it goes about it. */
export function JobFacts({ job }: { job: JobEntry }) {
  const { by, reason, options, createdAt, startedAt, endedAt } = job
  const { batchSize, pauseSeconds, stopAfterFailure, stopWhenWorse, undoMinutes } = options
  const stops = [stopAfterFailure && 'after the first failure', stopWhenWorse && 'when a tunnel turns worse']
  const pauses = stops.filter((words) => words !== false).join(', ')
  const items: Definition[] = [
    { label: 'By', value: by.email },
    { label: 'Reason', value: reason ?? 'None given' },
    { label: 'Created', value: <TimeAgo at={createdAt} /> },
    ...(startedAt ? [{ label: 'Started', value: <TimeAgo at={startedAt} /> }] : []),
    ...(endedAt ? [{ label: 'Ended', value: <TimeAgo at={endedAt} /> }] : []),
    { label: 'Batches', value: `${count(batchSize, 'tunnel')}, then ${count(pauseSeconds, 'second')} of pause` },
    { label: 'Pauses by itself', value: pauses === '' ? 'Never' : pauses },
    {
      label: 'Undo by itself',
      value: undoMinutes === null ? 'No: the changes stay' : `After ${undoMinutes} min unless somebody keeps them`,
    },
  ]
  return (
    <section aria-labelledby="job-facts">
      <h2 id="job-facts" className="mb-2 text-16 font-semibold">
        About this job
      </h2>
      <div className="max-w-180">
        <DefinitionList items={items} />
      </div>
    </section>
  )
}
