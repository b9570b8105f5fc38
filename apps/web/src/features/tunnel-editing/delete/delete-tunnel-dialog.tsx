import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { fateOf, type Problem } from '@tunnel-console/shared/problem'
import { useRef, useState } from 'react'
import { useIdempotencyKey } from '../../../data/idempotency-key.ts'
import { deleteCheckQuery, deleteTunnel } from '../../../data/tunnel-writes.ts'
import { tunnelQuery, tunnelsQuery, withoutTunnel } from '../../../data/tunnels.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogClose } from '../../../ui/dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { toast } from '../../../ui/toast.tsx'
import { ConfirmNameField } from '../confirm-name-field.tsx'
import { DryRunLine } from '../dry-run-line.tsx'
import { AffectedRoutes } from './affected-routes.tsx'

interface DeleteTunnelDialogProps {
  tunnel: { id: string; name: string }
  /** The version that the person is looking at. */
  version: string
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The tunnel is gone: leave its page. */
  onDeleted: () => void
}

/** Deletes a tunnel after a dry run, a look at what uses it, and its typed name. */
export function DeleteTunnelDialog(props: DeleteTunnelDialogProps) {
  // Mounted for one deletion only.
  return props.open && props.version !== '' ? <HeldVersion {...props} /> : null
}

/** Holds on to the version that was decided on; a newer one must be looked at first, and the name typed anew. */
function HeldVersion(props: DeleteTunnelDialogProps) {
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

interface OpenDialogProps extends DeleteTunnelDialogProps {
  isOld: boolean
  onReload: () => void
}

/** What is known of the deletion, and the way to make it happen once. */
function useDeletion({ tunnel, version, onOpenChange, onDeleted }: DeleteTunnelDialogProps) {
  const client = useQueryClient()
  const once = useIdempotencyKey()
  const check = useQuery(deleteCheckQuery({ id: tunnel.id, version }))
  const forget = () => {
    // The list must not show it for the moment until it is read anew: rows stay put under a resting mouse.
    client.setQueryData(tunnelsQuery().queryKey, (list) => list && withoutTunnel(list, tunnel.id))
    // The page of the tunnel is about to go; asking for it again could only fail.
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== tunnel.id })
  }
  const leave = () => {
    onOpenChange(false)
    onDeleted()
  }
  // These also run when the dialog is gone before the answer comes.
  const remove = useMutation({
    mutationFn: (key: string) => deleteTunnel({ id: tunnel.id, version }, key),
    onSuccess: () => {
      toast(`${tunnel.name} was deleted`)
      forget()
    },
    onError: ({ problem }) => {
      if (fateOf(problem) !== 'unknown') once.renew()
    },
  })
  const problems = [check.error?.problem, remove.error?.problem].filter((problem) => problem !== undefined)
  const finish = () => {
    forget()
    leave()
  }
  const press = () => {
    // Only whoever still looks at the dialog is led away from the page.
    if (!remove.isPending) remove.mutate(once.for(version), { onSuccess: leave })
  }
  return {
    check,
    failure: remove.error?.problem,
    isDeleting: remove.isPending,
    isGone: problems.some((problem) => fateOf(problem) === 'gone'),
    hasConflict: problems.some((problem) => fateOf(problem) === 'conflict'),
    finish,
    press,
  }
}

function OpenDialog({ isOld, onReload, ...props }: OpenDialogProps) {
  const { tunnel } = props
  const cancel = useRef<HTMLButtonElement>(null)
  const [typedName, setTypedName] = useState('')
  const { check, failure, isDeleting, isGone, hasConflict, finish, press } = useDeletion(props)
  const hasChanged = isOld || hasConflict
  const reason = reasonAgainst({
    isGone,
    hasChanged,
    isChecking: check.isPending,
    check: check.error?.problem,
    isNamed: typedName === tunnel.name,
  })
  return (
    <Dialog
      open
      onOpenChange={props.onOpenChange}
      role="alertdialog"
      dismissable={!isDeleting}
      initialFocus={cancel}
      title={`Delete ${tunnel.name}`}
      description="The tunnel, its key and its settings are deleted at Cloudflare. This cannot be undone."
      footer={
        isGone ? (
          <Button kind="primary" onClick={finish}>
            Leave this page
          </Button>
        ) : (
          <>
            <DialogClose ref={cancel} />
            <Button kind="danger" busy={isDeleting} disabledReason={isDeleting ? undefined : reason} onClick={press}>
              Delete tunnel
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {isGone && <p className="text-14">Somebody else has deleted this tunnel already. Nothing is left to delete.</p>}
        {!isGone && hasChanged && <Changed onReload={onReload} />}
        {!isGone && !hasChanged && (
          <>
            <DryRun check={check} />
            <AffectedRoutes id={tunnel.id} />
            {failure && <DeleteFailure problem={failure} />}
            <ConfirmNameField name={tunnel.name} value={typedName} onChange={setTypedName} />
          </>
        )}
      </div>
    </Dialog>
  )
}

function DryRun({ check }: { check: ReturnType<typeof useDeletion>['check'] }) {
  return (
    <DryRunLine
      isPending={check.isPending}
      problem={check.error?.problem}
      accepted="Cloudflare accepts this deletion."
    />
  )
}

interface Standing {
  isGone: boolean
  hasChanged: boolean
  isChecking: boolean
  check: Problem | undefined
  isNamed: boolean
}

/** Why the tunnel cannot be deleted now, if so. */
function reasonAgainst({ isGone, hasChanged, isChecking, check, isNamed }: Standing): string | undefined {
  if (isGone) return 'The tunnel is gone already'
  if (hasChanged) return 'The tunnel has changed; reload it first'
  if (isChecking) return 'Wait for Cloudflare’s answer'
  if (check?.code === 'rejected') return 'Cloudflare would refuse this'
  return isNamed ? undefined : 'Type the tunnel name first'
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

function DeleteFailure({ problem }: { problem: Problem }) {
  const title =
    fateOf(problem) === 'unknown'
      ? 'We do not know whether this tunnel was deleted'
      : `Nothing was changed. ${problem.title}`
  return <ErrorPanel problem={{ ...problem, title }} isAlert />
}
