import { useMutation, useQuery } from '@tanstack/react-query'
import type { HandoffEntry } from '@tunnel-console/shared/api'
import { handoffsQuery, revokeHandoff } from '../../../data/handoffs.ts'
import { serverAhead } from '../../../lib/server-clock.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { TimeAgo, useTimely } from '../../../ui/time-ago.tsx'
import { toast } from '../../../ui/toast.ts'

/** The hand-off links of everybody: which can still be opened, with a way to end them, and what became of the others. */
export function HandoffList() {
  const { data, error, isFetching, refetch } = useQuery(handoffsQuery())
  const revoking = useMutation(revokeHandoff())
  if (error && !data) {
    return <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />
  }
  if (!data) return <SkeletonRows label="Loading hand-off links" rows={2} />
  if (data.length === 0) {
    return (
      <p className="text-14 text-fg-2">
        No links. One is made beside a key that was just generated: “Leave it for the engineer at the far end”.
      </p>
    )
  }
  return (
    <div className="flex flex-col items-start gap-4">
      {revoking.error && revoking.error.problem.status !== 401 && (
        <ErrorPanel problem={revoking.error.problem} isAlert />
      )}
      <ul aria-label="Hand-off links" className="w-full border-t border-line">
        {data.map((handoff) => (
          <HandoffLine
            key={handoff.id}
            handoff={handoff}
            isRevoking={revoking.isPending && revoking.variables === handoff.id}
            onRevoke={() => revoking.mutate(handoff.id, { onSuccess: () => toast('The link was revoked') })}
          />
        ))}
      </ul>
    </div>
  )
}

interface HandoffLineProps {
  handoff: HandoffEntry
  isRevoking: boolean
  onRevoke: () => void
}

function HandoffLine({ handoff, isRevoking, onRevoke }: HandoffLineProps) {
  const { tunnelId, name, by, createdAt, expiresAt, openedAt, revokedAt } = handoff
  const isOver = useTimely((now) => Date.parse(expiresAt) <= now.getTime() + serverAhead())
  const isOpen = openedAt === null && revokedAt === null && !isOver
  return (
    <li className="flex min-h-row-two-line items-center justify-between gap-4 border-b border-line py-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 text-14 font-medium [overflow-wrap:anywhere]">
          <TextLink to="/tunnels/$id" params={{ id: tunnelId }}>
            {name}
          </TextLink>
          {isOpen && <Badge tone="establishing">Can be opened</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-2 text-13 text-fg-3">
          <span className="[overflow-wrap:anywhere]">
            by {by}, <TimeAgo at={createdAt} />
          </span>
          <End {...{ openedAt, revokedAt, expiresAt, isOver }} />
        </p>
      </div>
      {isOpen && (
        <Button size="small" busy={isRevoking} aria-label={`Revoke the link for ${name}`} onClick={onRevoke}>
          Revoke
        </Button>
      )}
    </li>
  )
}

type EndProps = Pick<HandoffEntry, 'openedAt' | 'revokedAt' | 'expiresAt'> & { isOver: boolean }

function End({ openedAt, revokedAt, expiresAt, isOver }: EndProps) {
  const [word, at] = openedAt
    ? ['opened', openedAt]
    : revokedAt
      ? ['revoked', revokedAt]
      : [isOver ? 'ended' : 'ends', expiresAt]
  return (
    <span>
      {word} <TimeAgo at={at} />
    </span>
  )
}
