import { useMutation } from '@tanstack/react-query'
import type { JobAnswer, JobRow } from '@tunnel-console/shared/jobs'
import { type JobAct, steerJob } from '../../data/jobs.ts'
import { useCan } from '../../data/session.ts'
import { useCannotSend } from '../../lib/connection.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { ResultButtons } from '../../ui/result-buttons.tsx'
import { jobCsv } from './job-csv.ts'

interface JobButtonsProps {
  answer: JobAnswer
  /** Begins a bulk edit that gives these tunnels their former values. */
  onRestore: (rows: readonly JobRow[]) => void
}

/** What can be done with a job as it stands. Whoever may not steer it sees the file only. */
export function JobButtons({ answer, onRestore }: JobButtonsProps) {
  const { job, rows } = answer
  const maySteer = useCan('tunnel.bulkUpdate')
  const steer = useMutation(steerJob(job.id))
  const cannot = useCannotSend()
  const done = rows.filter(({ state, changes, isUndone }) => state === 'done' && changes.length > 0 && !isUndone)
  const mayRestore = maySteer && job.kind === 'update' && !isUnderWay(answer)
  const acts = maySteer ? actsOf(answer) : []
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-2">
        {acts.map(({ label, act, hint }) => (
          <Button
            key={label}
            title={hint}
            busy={steer.isPending && steer.variables?.act === act}
            disabledReason={cannot}
            reasonPlace="described"
            onClick={() => steer.mutate({ act })}
          >
            {label}
          </Button>
        ))}
        <ResultButtons
          restorable={done.length}
          onRestore={mayRestore ? () => onRestore(done) : undefined}
          csv={() => jobCsv(answer)}
          fileName={`job-${job.id}.csv`}
        />
      </div>
      {acts.some(({ act }) => act === 'stop') && job.state !== 'scheduled' && job.state !== 'missed' && (
        <p className="text-13 text-fg-3">Stop: stops after the current one. What was not begun is skipped.</p>
      )}
      {steer.error && <ErrorPanel problem={steer.error.problem} isAlert />}
    </div>
  )
}

type Steering = Exclude<JobAct['act'], 'reschedule'>

const isUnderWay = ({ job }: JobAnswer) => job.state === 'running' || job.state === 'waiting'

/** What makes sense now. */
function actsOf({ job: { state, counts } }: JobAnswer): { label: string; act: Steering; hint?: string }[] {
  const stop = { label: 'Stop', act: 'stop', hint: 'Stops after the current one' } as const
  const retry = counts.refused + counts.skipped > 0 ? [{ label: 'Retry failed', act: 'retry' } as const] : []
  switch (state) {
    case 'running':
    case 'waiting':
      return [{ label: 'Pause', act: 'pause' }, stop]
    case 'paused':
      return [{ label: 'Resume', act: 'resume' }, ...retry, stop]
    case 'scheduled':
    case 'missed':
      return [
        { label: 'Start now', act: 'resume' },
        { label: 'Cancel the job', act: 'stop' },
      ]
    case 'stopped':
    case 'done':
      return retry
  }
}
