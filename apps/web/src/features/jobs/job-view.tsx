import type { JobAnswer, JobEntry, JobRow } from '@tunnel-console/shared/jobs'
import { Banner } from '../../ui/banner.tsx'
import { JobButtons } from './job-buttons.tsx'
import { JobFacts } from './job-facts.tsx'
import { JobProgress } from './job-progress.tsx'
import { JobRows } from './job-rows.tsx'
import { Schedule } from './schedule.tsx'

interface JobViewProps {
  answer: JobAnswer
  onRestore: (rows: readonly JobRow[]) => void
}

/** One job: how far it is, what can be done with it, and every tunnel of it. */
export function JobView({ answer, onRestore }: JobViewProps) {
  const { job } = answer
  return (
    <div className="flex flex-col gap-5">
      {isTimed(job) && <Schedule job={job} />}
      {job.why !== null && job.state !== 'missed' && <Why job={job} />}
      {job.state === 'waiting' && <Banner title="It waits for its turn. One job of a kind runs at a time." />}
      <JobProgress job={job} />
      <JobButtons answer={answer} onRestore={onRestore} />
      <JobFacts job={job} />
      <JobRows answer={answer} />
    </div>
  )
}

function isTimed(job: JobEntry): job is JobEntry & { startsAt: string } {
  return job.startsAt !== null && (job.state === 'scheduled' || job.state === 'missed')
}

function Why({ job: { state, why } }: { job: JobEntry }) {
  if (state !== 'paused') return <Banner title={why} />
  return (
    <Banner kind="warning" title="It has paused.">
      {why}
    </Banner>
  )
}
