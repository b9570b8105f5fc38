import { useMutation } from '@tanstack/react-query'
import type { JobEntry } from '@tunnel-console/shared/jobs'
import { useState } from 'react'
import { steerJob } from '../../data/jobs.ts'
import { useCan } from '../../data/session.ts'
import { useCannotSend } from '../../lib/connection.ts'
import { localTime, utcTime } from '../../lib/exact-times.ts'
import { serverNow } from '../../lib/server-clock.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { MomentField, momentOf, momentProblem, momentText } from '../../ui/moment-field.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'

/** When a job that has not begun is to start, in both zones, and another time for it. */
export function Schedule({ job }: { job: JobEntry & { startsAt: string } }) {
  const [isChanging, setChanging] = useState(false)
  const maySteer = useCan('tunnel.bulkUpdate')
  const at = new Date(job.startsAt)
  const isMissed = job.state === 'missed'
  return (
    <Callout
      tone={isMissed ? 'degraded' : 'establishing'}
      title={isMissed ? 'Its time passed while the console did not run' : 'Waits for its time'}
    >
      <p>
        {isMissed ? 'It was to start' : 'It starts'} {localTime(at)} (local), {utcTime(at)}
        {' · '}
        <TimeAgo at={job.startsAt} />. {isMissed && 'It does not run late by itself.'}
      </p>
      <p className="mt-1">
        Each tunnel is looked at again when its turn comes: one that somebody has changed since it was reviewed is a
        conflict, and stays as it is.
      </p>
      {maySteer && !isChanging && (
        <div className="mt-3">
          <Button size="small" onClick={() => setChanging(true)}>
            Change time
          </Button>
        </div>
      )}
      {isChanging && <ChangeTime job={job} onClose={() => setChanging(false)} />}
    </Callout>
  )
}

function ChangeTime({ job, onClose }: { job: JobEntry & { startsAt: string }; onClose: () => void }) {
  const [typed, setTyped] = useState(momentText(new Date(job.startsAt)))
  const steer = useMutation(steerJob(job.id))
  const cannot = useCannotSend()
  const at = momentOf(typed)
  const wrong = momentProblem(typed, serverNow()) === null ? undefined : 'Choose a moment that is to come'
  const save = () => at && steer.mutate({ act: 'reschedule', startsAt: at.toISOString() }, { onSuccess: onClose })
  return (
    <div className="mt-3 flex flex-col gap-3">
      <MomentField canStartNow label="Start at" value={typed} onChange={setTyped} />
      {steer.error && (
        <ErrorPanel problem={steer.error.problem} isAlert>
          {steer.error.problem.errors?.map(({ detail }) => (
            <p key={detail} className="mt-1 text-fg-2">
              {detail}
            </p>
          ))}
        </ErrorPanel>
      )}
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" size="small" busy={steer.isPending} disabledReason={wrong ?? cannot} onClick={save}>
          Save time
        </Button>
        <Button size="small" onClick={onClose}>
          Keep it as it is
        </Button>
      </div>
    </div>
  )
}
