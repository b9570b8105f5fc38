import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import type { Permission } from '@tunnel-console/shared/access'
import { ProblemError } from '@tunnel-console/shared/problem'
import { useEffect, useRef } from 'react'
import { NeedsPermission, useNeed, useSession } from '../data/session.ts'
import { isOnline, isReached } from '../lib/connection.ts'
import { roleNames } from '../lib/role-words.ts'
import { Callout } from '../ui/callout.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { NeedsRole } from '../ui/needs-role.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const { reset: resetQueries } = useQueryErrorResetBoundary()
  const problem = error instanceof ProblemError ? error.problem : ProblemError.of('internal').problem
  const retry = () => {
    resetQueries()
    reset()
    void router.invalidate()
  }
  useRetryWhenBack(problem.code === 'unreachable' ? retry : null)
  if (error instanceof NeedsPermission) return <ForbiddenPage permission={error.permission} onAllowed={retry} />
  return (
    <div className="mx-auto max-w-180 p-4">
      <PageHeader title={problem.code === 'forbidden' ? 'Not for your role' : 'This page cannot be shown'} />
      <ErrorPanel problem={problem} onRetry={retry} />
    </div>
  )
}

/** A page that had no network when it was opened goes on by itself when there is one. */
function useRetryWhenBack(retry: (() => void) | null): void {
  const latest = useRef(retry)
  latest.current = retry
  // The network is outside React.
  useEffect(() => {
    const again = () => latest.current?.()
    const unwatch = [isOnline, isReached].map((store) => store.subscribe(() => store.get() && again()))
    return () => {
      for (const stop of unwatch) stop()
    }
  }, [])
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
