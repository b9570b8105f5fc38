import { useMutation } from '@tanstack/react-query'
import type { WallScreen } from '@tunnel-console/shared/walls'
import { useState } from 'react'
import { revokeWall } from '../../data/walls.ts'
import { serverAhead } from '../../lib/server-clock.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { TimeAgo, useTimely } from '../../ui/time-ago.tsx'
import { toast } from '../../ui/toast.ts'

/** The screens that may show the wall, each with a way to end it. */
export function ScreenList({ screens }: { screens: readonly WallScreen[] }) {
  const revoking = useMutation(revokeWall())
  const [asked, setAsked] = useState<WallScreen | null>(null)
  if (screens.length === 0) {
    return (
      <p className="max-w-text text-14 text-fg-2">No screens yet. Whoever is signed in sees the wall without one.</p>
    )
  }
  return (
    <div className="flex max-w-220 flex-col gap-4">
      {revoking.error && revoking.error.problem.status !== 401 && (
        <ErrorPanel problem={revoking.error.problem} isAlert />
      )}
      <ul aria-label="Wall screens" className="border-t border-line">
        {screens.map((screen) => (
          <ScreenLine key={screen.id} screen={screen} onRevoke={() => setAsked(screen)} />
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Revoke the screen “${asked?.name}”?`}
        description="It shows nothing from its next look on, a few seconds from now. It takes a new link to let it in again."
        cancelLabel="Keep it"
        confirmLabel="Revoke"
        isDanger
        onConfirm={() => {
          if (asked) revoking.mutate(asked.id, { onSuccess: () => toast('The screen was revoked') })
          setAsked(null)
        }}
      />
    </div>
  )
}

function ScreenLine({ screen, onRevoke }: { screen: WallScreen; onRevoke: () => void }) {
  const { name, by, createdAt, linkUntil, lastSeenAt } = screen
  const isOver = useTimely((now) => linkUntil !== null && Date.parse(linkUntil) <= now.getTime() + serverAhead())
  return (
    <li className="flex min-h-row-two-line items-center justify-between gap-4 border-b border-line py-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 text-14 font-medium [overflow-wrap:anywhere]">
          {name}
          {linkUntil && (
            <Badge tone={isOver ? 'unknown' : 'establishing'}>{isOver ? 'Link ran out' : 'Not opened yet'}</Badge>
          )}
        </p>
        <p className="flex flex-wrap gap-x-2 text-13 text-fg-3">
          <span className="[overflow-wrap:anywhere]">
            by {by}, <TimeAgo at={createdAt} />
          </span>
          {lastSeenAt && (
            <span>
              last seen <TimeAgo at={lastSeenAt} />
            </span>
          )}
        </p>
      </div>
      <Button size="small" aria-label={`Revoke ${name}`} onClick={onRevoke}>
        Revoke
      </Button>
    </li>
  )
}
