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
    <details className="text-14">
      <summary className="min-h-6 rounded-s [overflow-wrap:anywhere]">
        <span className="font-medium">About this job:</span> by {by.email}
        {reason && <span className="text-fg-2">, {reason}</span>}
      </summary>
      <div className="mt-2 max-w-180">
        <DefinitionList items={items} />
      </div>
    </details>
  )
}
