import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ProblemError } from '@tunnel-console/shared/problem'
import { createStore, useStore } from '../lib/store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

/** A chunk of this build is gone: the console was updated while the page was open (H8). */
const chunkIsGone = createStore(false)
addEventListener('vite:preloadError', () => chunkIsGone.set(true))

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const { reset: resetQueries } = useQueryErrorResetBoundary()
  const isOld = useStore(chunkIsGone)
  if (isOld) return <UpdatedPage />
  const problem = error instanceof ProblemError ? error.problem : ProblemError.of('internal').problem
  const retry = () => {
    resetQueries()
    reset()
    void router.invalidate()
  }
  return (
    <div className="mx-auto max-w-180 p-4">
      <PageHeader title={problem.code === 'forbidden' ? 'Not for your role' : 'This page cannot be shown'} />
      <ErrorPanel problem={problem} onRetry={retry} />
    </div>
  )
}

function UpdatedPage() {
  return (
    <EmptyState
      title="The console was updated"
      actions={
        <Button kind="primary" onClick={() => location.reload()}>
          Reload
        </Button>
      }
    >
      This page belongs to the version before. Reload to go on with the new one.
    </EmptyState>
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
