import { useMutation, useQuery } from '@tanstack/react-query'
import type { OwnSession } from '@tunnel-console/shared/api'
import { endOwnSessions, ownSessionsQuery } from '../../data/account.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { toast } from '../../ui/toast.ts'

/** Where one is signed in, with a way to end what one does not know or has left behind. */
export function OwnSessions() {
  const { data, error, isFetching, refetch } = useQuery(ownSessionsQuery())
  const ending = useMutation(endOwnSessions())
  if (error && !data) {
    return <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />
  }
  if (!data) return <SkeletonRows label="Loading sessions" rows={2} />
  const others = data.filter(({ isCurrent }) => !isCurrent).map(({ id }) => id)
  const end = (ids: readonly string[]) =>
    ending.mutate(ids, {
      onSuccess: () => toast(ids.length === 1 ? 'The session was ended' : 'The other sessions were ended'),
    })
  return (
    <div className="flex flex-col items-start gap-4">
      {ending.error && ending.error.problem.status !== 401 && <ErrorPanel problem={ending.error.problem} isAlert />}
      <ul aria-label="Your sessions" className="w-full border-t border-line">
        {[...data].sort(currentFirst).map((session) => (
          <SessionLine
            key={session.id}
            session={session}
            isEnding={ending.isPending && ending.variables.includes(session.id)}
            onEnd={() => end([session.id])}
          />
        ))}
      </ul>
      {others.length > 0 && (
        <Button busy={ending.isPending && ending.variables.length > 1} onClick={() => end(others)}>
          End all others
        </Button>
      )}
    </div>
  )
}

const currentFirst = (a: OwnSession, b: OwnSession) =>
  Number(b.isCurrent) - Number(a.isCurrent) || b.lastUsedAt.localeCompare(a.lastUsedAt)

interface SessionLineProps {
  session: OwnSession
  isEnding: boolean
  onEnd: () => void
}

function SessionLine({
  session: { device, place, isCurrent, lastUsedAt, startedAt },
  isEnding,
  onEnd,
}: SessionLineProps) {
  return (
    <li className="flex min-h-row-two-line items-center justify-between gap-4 border-b border-line py-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 text-14 font-medium [overflow-wrap:anywhere]">
          {device}
          {isCurrent && <Badge tone="up">This session</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-2 text-13 text-fg-3">
          {place && <span className="mono">{place}</span>}
          <span>
            last used <TimeAgo at={lastUsedAt} />
          </span>
          <span>
            signed in <TimeAgo at={startedAt} />
          </span>
        </p>
      </div>
      {!isCurrent && (
        <Button size="small" busy={isEnding} aria-label={`End the session of ${device}`} onClick={onEnd}>
          End
        </Button>
      )}
    </li>
  )
}
