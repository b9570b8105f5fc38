import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import type { Permission } from '@tunnel-console/shared/access'
import { ProblemError } from '@tunnel-console/shared/problem'
import { useEffect, useRef } from 'react'
import { NeedsPermission, useNeed, useSession } from '../data/session.ts'
import { roleNames } from '../lib/role-words.ts'
import { createStore, useStore } from '../lib/store.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { NeedsRole } from '../ui/needs-role.tsx'
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
  const retry = () => {
    resetQueries()
    reset()
    void router.invalidate()
  }
  if (error instanceof NeedsPermission) return <ForbiddenPage permission={error.permission} onAllowed={retry} />
  const problem = error instanceof ProblemError ? error.problem : ProblemError.of('internal').problem
  return (
    <div className="mx-auto max-w-180 p-4">
      <PageHeader title={problem.code === 'forbidden' ? 'Not for your role' : 'This page cannot be shown'} />
      <ErrorPanel problem={problem} onRetry={retry} />
    </div>
  )
}

/** The wall: what is behind it, who can help, and a way back. It opens by itself once the role allows it. */
function ForbiddenPage({ permission, onAllowed }: { permission: Permission; onAllowed: () => void }) {
  const { user } = useSession()
  const need = useNeed(permission)
  const isAllowed = need === null
  const latest = useRef(onAllowed)
  latest.current = onAllowed
  // The router is outside React.
  useEffect(() => {
    if (isAllowed) latest.current()
  }, [isAllowed])
  // `/tunnels/7/edit` is closed, the tunnel is not.
  const tunnel = /^\/tunnels\/[0-9a-f]{32}(?=\/)/.exec(location.pathname)?.[0]
  return (
    <div className="mx-auto max-w-180 p-4">
      <PageHeader title="Not for your role" description={`You are signed in as ${roleNames[user.role]}.`} />
      {need && (
        <Callout tone="degraded">
          <NeedsRole need={need} />
        </Callout>
      )}
      <div className="mt-5 flex flex-wrap gap-2">
        <LinkButton to={tunnel ?? '/tunnels'} kind="primary">
          {tunnel ? 'Look at the tunnel' : 'Go to tunnels'}
        </LinkButton>
      </div>
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
