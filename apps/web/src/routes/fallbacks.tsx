import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ProblemError } from '@tunnel-console/shared/problem'
import { NeedsPermission } from '../data/session.ts'
import { useRetryWhenBack } from '../lib/use-retry-when-back.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { PartMissing } from '../ui/part-missing.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

const ForbiddenPage = lazyPart(async () => (await import('./forbidden-page.tsx')).ForbiddenPage, {
  Missing: ({ retry }) => <PartMissing retry={retry} look="page" />,
})

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const { reset: resetQueries } = useQueryErrorResetBoundary()
  const problem = error instanceof ProblemError ? error.problem : ProblemError.of('internal').problem
  const retry = () => {
    resetQueries()
    reset()
    void router.invalidate()
  }
  // What had no network when it was opened goes on by itself when there is one.
  useRetryWhenBack(problem.code === 'unreachable' ? retry : null)
  if (error instanceof NeedsPermission) return <ForbiddenPage permission={error.permission} onAllowed={retry} />
  return (
    <div className="mx-auto max-w-180 p-4">
      <PageHeader title={problem.code === 'forbidden' ? 'Not for your role' : 'This page cannot be shown'} />
      <ErrorPanel problem={problem} onRetry={retry} />
    </div>
  )
}

export function NotFoundPage() {
  return (
    <div className="mx-auto max-w-180 p-4">
      <PageHeader
        title="Page not found"
        description="There is nothing at this address. It may have been deleted, or the link is wrong."
      />
      <LinkButton to="/">Go to the start</LinkButton>
    </div>
  )
}

export function PendingPage() {
  return <SkeletonRows label="Loading" />
}
