import { useQueryClient } from '@tanstack/react-query'
import type { Problem } from '@tunnel-console/shared/problem'
import { deleteCall } from '@tunnel-console/shared/travel/curl'
import { useRef, useState } from 'react'
import { useCurl } from '../../../data/curl.ts'
import { useNeed } from '../../../data/need.ts'
import { tunnelQuery } from '../../../data/tunnels.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { type Need, needText } from '../../../lib/need.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { CurlButton } from '../../../ui/curl-button.tsx'
import { Dialog, DialogClose } from '../../../ui/dialog.tsx'
import { Standing as SchedulingStanding } from '../bulk/standing.tsx'
import { ConfirmNameField } from '../confirm-name-field.tsx'
import { DryRunLine } from '../dry-run-line.tsx'
import { StartChoice } from '../schedule/start-choice.tsx'
import { lostTitle } from '../schedule/use-scheduling.ts'
import { ReasonField, reasonComplaint } from '../stakes/reason-field.tsx'
import { SiteLine } from '../stakes/site-line.tsx'
import { FailedWrite } from '../write/failed-write.tsx'
import { unknownReason, unknownTitle } from '../write/footer.ts'
import { UnknownPanel } from '../write/unknown-panel.tsx'
import { AffectedRoutes } from './affected-routes.tsx'
import { useDeleteSchedule } from './use-delete-schedule.ts'
import { type Deletion, useDeletion } from './use-deletion.ts'

interface DeleteTunnelDialogProps {
  tunnel: { id: string; name: string }
  /** The version that the person is looking at. */
  version: string
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The tunnel is gone: leave its page. */
  onDeleted: () => void
  /** It is to be deleted at a time: this job waits for it. */
  onScheduled: (jobId: string) => void
}

/** Deletes a tunnel after a dry run, a look at what uses it, and its typed name. */
export function DeleteTunnelDialog(props: DeleteTunnelDialogProps) {
  const [why, setWhy] = useState('')
  // Mounted for one deletion only.
  return props.open && props.version !== '' ? <HeldVersion {...props} why={why} onWhy={setWhy} /> : null
}

interface HeldVersionProps extends DeleteTunnelDialogProps {
  /** The reason. It outlives a reload, and the dialog too: who comes back to it finds what they typed. */
  why: string
  onWhy: (why: string) => void
}

/** Holds on to the version that was decided on; a newer one must be looked at first, and the name typed anew. */
function HeldVersion(props: HeldVersionProps) {
  const client = useQueryClient()
  const [held, setHeld] = useState(props.version)
  const reload = async () =>
    setHeld((await client.fetchQuery({ ...tunnelQuery(props.tunnel.id), staleTime: 0 })).version)
  return (
    <OpenDialog
      {...props}
      key={held}
      version={held}
      isOld={held !== props.version}
      onReload={() => void reload().catch(() => undefined)}
    />
  )
}

interface OpenDialogProps extends HeldVersionProps {
  isOld: boolean
  onReload: () => void
}

function OpenDialog({ isOld, why, onWhy, onReload, ...props }: OpenDialogProps) {
  const { tunnel, version } = props
  const cancel = useRef<HTMLButtonElement>(null)
  const [typedName, setTypedName] = useState('')
  const onGone = () => {
    props.onOpenChange(false)
    props.onDeleted()
  }
  const deletion = useDeletion({ id: tunnel.id, name: tunnel.name, version, reason: why, onGone })
  const { check, isGone, lost } = deletion
  const scheduling = useDeleteSchedule({ id: tunnel.id, version, reason: why }, (jobId) => {
    props.onOpenChange(false)
    props.onScheduled(jobId)
  })
  const isBusy = deletion.isDeleting || scheduling.isBusy
  const press = scheduling.isLater ? scheduling.schedule : deletion.press
  const hasChanged = isOld || deletion.hasConflict
  const cannot = useCannotSend()
  const need = useNeed('tunnel.delete')
  const curl = useCurl()
  const reason = reasonAgainst({
    need,
    cannot,
    isLost: lost !== null,
    hasChanged,
    isChecking: check.isPending,
    check: check.error?.problem,
    missing: reasonComplaint(why) ?? (typedName === tunnel.name ? scheduling.closed : 'Type the tunnel name first'),
  })
  return (
    <Dialog
      open
      onOpenChange={props.onOpenChange}
      role="alertdialog"
      dismissable={!isBusy}
      initialFocus={cancel}
      title={`Delete ${tunnel.name}`}
      description="The tunnel, its key and its settings are deleted at Cloudflare. This cannot be undone."
      footer={
        isGone ? (
          <Button kind="primary" onClick={deletion.finish}>
            Leave this page
          </Button>
        ) : (
          <>
            <DialogClose ref={cancel}>{lost ? 'Close' : 'Cancel'}</DialogClose>
            <Button kind="danger" busy={isBusy} disabledReason={isBusy ? undefined : reason} onClick={press}>
              {scheduling.isLater ? 'Schedule deletion' : 'Delete tunnel'}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {isGone && <p className="text-14">Somebody else has deleted this tunnel already. Nothing is left to delete.</p>}
        {!isGone && hasChanged && <Changed onReload={onReload} />}
        {!isGone && !hasChanged && lost && (
          <UnknownPanel title={unknownTitle('deleted')} lost={lost} watch={deletion.watch} />
        )}
        {!isGone && !hasChanged && !lost && (
          <>
            <DryRun check={check} />
            <SiteLine tunnel={tunnel} />
            <AffectedRoutes id={tunnel.id} />
            <div>
              <CurlButton command={() => curl(deleteCall(tunnel.id))} />
            </div>
            {deletion.failure && <FailedWrite problem={deletion.failure} onRetry={deletion.press} />}
            <SchedulingStanding applying={scheduling} names={[]} lostTitle={lostTitle} />
            {scheduling.mayChoose && (
              <StartChoice
                value={scheduling.startsAt}
                onChange={scheduling.setStartsAt}
                hint="A job deletes it then. If somebody changes the tunnel before, it is not deleted."
              />
            )}
            <ReasonField value={why} onChange={onWhy} />
            <ConfirmNameField
              name={tunnel.name}
              value={typedName}
              onChange={setTypedName}
              onEnter={reason === undefined && !isBusy ? press : undefined}
            />
          </>
        )}
      </div>
    </Dialog>
  )
}

function DryRun({ check }: Pick<Deletion, 'check'>) {
  return (
    <DryRunLine
      isPending={check.isPending}
      problem={check.error?.problem}
      accepted="Cloudflare accepts this deletion."
    />
  )
}

interface Standing {
  need: Need | null
  cannot: string | undefined
  isLost: boolean
  hasChanged: boolean
  isChecking: boolean
  check: Problem | undefined
  missing: string | undefined
}

/** Why the tunnel cannot be deleted now, if so. */
function reasonAgainst({ need, cannot, isLost, hasChanged, isChecking, check, missing }: Standing): string | undefined {
  if (isLost) return unknownReason('deleted')
  if (need) return needText(need)
  if (cannot) return cannot
  if (hasChanged) return 'The tunnel has changed; reload it first'
  if (isChecking) return 'Wait for Cloudflare’s answer'
  if (check?.code === 'rejected') return 'Cloudflare would refuse this'
  return missing
}

function Changed({ onReload }: { onReload: () => void }) {
  return (
    <Banner
      kind="warning"
      role="alert"
      title="This tunnel changed while you were looking at it"
      actions={
        <Button size="small" onClick={onReload}>
          Reload
        </Button>
      }
    >
      Nothing was deleted. Reload to see what it is now, then decide again.
    </Banner>
  )
}
