import { useNavigate } from '@tanstack/react-router'
import type { JobAnswer } from '@tunnel-console/shared/jobs'
import { Travel } from '../features/tunnel-editing/travel/travel.tsx'
import { TextLink } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { BackToList } from './back-to-list.tsx'

export function ImportPage() {
  const onStarted = useToJobs()
  return (
    <>
      <PageHeader title="Import tunnels" breadcrumb={<BackToList />} />
      <Travel purpose="import" onStarted={onStarted}>
        Each row of a CSV or JSON file becomes a new tunnel. You see what is wrong with it and can mend it here; nothing
        is created before you say so. To change tunnels that are there, use <TextLink to="/plan">Plan</TextLink>.
      </Travel>
    </>
  )
}

export function PlanPage() {
  const onStarted = useToJobs()
  return (
    <>
      <PageHeader title="Plan" breadcrumb={<BackToList />} />
      <Travel purpose="plan" onStarted={onStarted}>
        Give a file of how the account should be: an export of this console (JSON or CSV), a Terraform state, or what
        terraform show -json prints. You see what would be created, changed and deleted, and choose what is applied.
        What a file does not speak of stays as it is; no file changes a key.
      </Travel>
    </>
  )
}

/** To the job that was started, or to the list where there are several. */
function useToJobs() {
  const navigate = useNavigate()
  return (jobs: readonly JobAnswer[]) => {
    const [first, ...more] = jobs
    if (first && more.length === 0)
      void navigate({ to: '/jobs/$jobId', params: { jobId: first.job.id }, replace: true })
    else void navigate({ to: '/jobs', replace: true })
  }
}
