import type { JobInput } from '@tunnel-console/shared/jobs'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useNeed } from '../../../data/session.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { needText } from '../../../lib/role-words.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { momentOf, momentProblem } from '../../../ui/moment-field.tsx'
import { reasonComplaint } from '../stakes/reason-field.tsx'
import { FooterStrip, formClass } from '../write/form-footer.tsx'
import { type ApplyForm, changesOf, numberProblem, optionsOf, startForm } from './apply-options.ts'
import { ApplyStep, isCount } from './apply-step.tsx'
import { TogetherResults } from './together-results.tsx'
import type { BulkEditing } from './use-bulk-edit.ts'
import { useStartJob } from './use-start-job.ts'
import { useTogether } from './use-together.ts'

interface ApplyingProps {
  editing: BulkEditing
  onBack: () => void
  /** What was asked for has its end, and nothing here is worth keeping. */
  onDone: () => void
  onStarted: (jobId: string) => void
}

/** The last step with its buttons, and what the press comes to. */
export function Applying({ editing, onBack, onDone, onStarted }: ApplyingProps) {
  const [form, setForm] = useState(startForm)
  const job = useStartJob(onStarted)
  const together = useTogether()
  const way = form.way === 'job' ? job : together
  const changes = changesOf(editing)
  const { reason } = editing.draft
  const closed = useClosed(form, changes.length, reason)
  const isDone = together.results !== null
  useDone(isDone, onDone)
  if (together.results) return <TogetherResults rows={editing.rows} results={together.results} />
  const apply = () =>
    void (form.way === 'job' ? job.start(jobOf(form, changes, reason)) : together.send(changes, reason))
  return (
    <div className={formClass}>
      <Standing problem={way.problem} isLost={way.isLost} isJob={form.way === 'job'} onRetry={apply} />
      <ApplyStep
        editing={editing}
        form={form}
        onChange={setForm}
        onEnter={closed === undefined && !way.isBusy ? apply : undefined}
      />
      <FooterStrip
        status={
          form.startsAt !== null && form.way === 'job'
            ? 'Nothing happens before its time.'
            : 'Nothing has been changed.'
        }
      >
        <Button
          disabledReason={way.isBusy ? 'It is being started' : undefined}
          reasonPlace="described"
          onClick={onBack}
        >
          Back
        </Button>
        <Button kind="primary" busy={way.isBusy} disabledReason={way.isBusy ? undefined : closed} onClick={apply}>
          Apply
        </Button>
      </FooterStrip>
    </div>
  )
}

function useDone(isDone: boolean, onDone: () => void): void {
  const latest = useRef(onDone)
  latest.current = onDone
  // The tab's storage is outside React.
  useEffect(() => {
    if (isDone) latest.current()
  }, [isDone])
}

/** Why it cannot be applied yet, if so. */
function useClosed(form: ApplyForm, changes: number, reason: string): string | undefined {
  const need = useNeed('tunnel.bulkUpdate')
  const cannot = useCannotSend()
  if (need) return needText(need)
  const isJob = form.way === 'job'
  if (isJob && numberProblem('batchSize', form.batchSize)) return 'The batch size is not right'
  if (isJob && numberProblem('pauseSeconds', form.pauseSeconds)) return 'The pause is not right'
  if (isJob && form.startsAt !== null && momentProblem(form.startsAt, new Date())) return 'The start is not right'
  const missing = isCount(form.typedCount, changes) ? undefined : `Type ${changes} first`
  return reasonComplaint(reason) ?? missing ?? cannot
}

function jobOf(form: ApplyForm, tunnels: ReturnType<typeof changesOf>, typed: string): JobInput {
  const at = form.startsAt === null ? null : momentOf(form.startsAt)
  const reason = typed.trim()
  return {
    tunnels,
    ...optionsOf(form),
    ...(reason !== '' && { reason }),
    ...(at !== null && { startsAt: at.toISOString() }),
  }
}

interface StandingProps {
  problem: Parameters<typeof ErrorPanel>[0]['problem'] | null
  isLost: boolean
  isJob: boolean
  onRetry: () => void
}

/** What the last attempt came to. */
function Standing({ problem, isLost, isJob, onRetry }: StandingProps): ReactNode {
  if (problem) {
    return (
      <div className="mb-5 max-w-form">
        <ErrorPanel problem={problem} isAlert />
      </div>
    )
  }
  if (!isLost) return null
  return (
    <div className="mb-5 max-w-form">
      <Banner
        kind="warning"
        role="alert"
        title="The answer was lost. It is not known whether this has begun."
        actions={
          <Button size="small" onClick={onRetry}>
            {isJob ? 'Start it again' : 'Ask again'}
          </Button>
        }
      >
        {isJob
          ? 'The list of jobs is watched for it, and this page goes on to it by itself. Starting it again does no harm: a tunnel changes only if it still is as you saw it.'
          : 'Asking again sends the same request: it happens once, and tells what became of it.'}
      </Banner>
    </div>
  )
}
