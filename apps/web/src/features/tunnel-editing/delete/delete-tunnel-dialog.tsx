import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Problem } from '@tunnel-console/shared/problem'
import { useRef, useState } from 'react'
import { tunnelQuery } from '../../../lib/tunnels.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogClose } from '../../../ui/dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { toast } from '../../../ui/toast.tsx'
import { ConfirmNameField } from '../confirm-name-field.tsx'
import { DryRunLine } from '../dry-run-line.tsx'
import { useIdempotencyKey } from '../idempotency-key.ts'
import { fateOf } from '../write-fate.ts'
import { AffectedRoutes } from './affected-routes.tsx'
import { deleteCheckQuery, deleteTunnel } from './queries.ts'

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

function OpenDialog({ tunnel, version, isOld, onReload, onOpenChange, onDeleted }: OpenDialogProps) {
  const client = useQueryClient()
  const once = useIdempotencyKey()
  const cancel = useRef<HTMLButtonElement>(null)
  const [typedName, setTypedName] = useState('')
  const check = useQuery(deleteCheckQuery(tunnel.id, version))
  const remove = useMutation(deleteTunnel(tunnel.id, version))
  const failure = remove.error?.problem
  const isGone = [check.error?.problem, failure].some((problem) => problem && fateOf(problem) === 'gone')
  const hasChanged =
    isOld || [check.error?.problem, failure].some((problem) => problem && fateOf(problem) === 'conflict')

  const finish = () => {
    onOpenChange(false)
    // The page of the tunnel is about to go; asking for it again could only fail.
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== tunnel.id })
    onDeleted()
  }
  const press = () => {
    if (remove.isPending) return
    remove.mutate(once.for(version), {
      onSuccess: () => {
        toast(`${tunnel.name} was deleted`)
        finish()
      },
      onError: ({ problem }) => {
        if (fateOf(problem) !== 'unknown') once.renew()
      },
    })
  }
  const reason = reasonAgainst({ isGone, hasChanged, check: check.error?.problem, isNamed: typedName === tunnel.name })
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      role="alertdialog"
      dismissable={!remove.isPending}
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
            <Button
              kind="danger"
              busy={remove.isPending}
              disabledReason={remove.isPending ? undefined : reason}
              onClick={press}
            >
              Delete tunnel
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {isGone ? (
          <p className="text-14">Somebody else has deleted this tunnel already. There is nothing left to delete.</p>
        ) : hasChanged ? (
          <Changed onReload={onReload} />
        ) : (
          <>
            <DryRunLine
              isPending={check.isPending}
              problem={check.error?.problem}
              accepted="Cloudflare accepts this deletion."
            />
            <AffectedRoutes id={tunnel.id} />
            {failure && <DeleteFailure problem={failure} />}
            <ConfirmNameField name={tunnel.name} value={typedName} onChange={setTypedName} />
          </>
        )}
      </div>
    </Dialog>
  )
}

interface Standing {
  isGone: boolean
  hasChanged: boolean
  check: Problem | undefined
  isNamed: boolean
}

/** Why the tunnel cannot be deleted now, if so. */
function reasonAgainst({ isGone, hasChanged, check, isNamed }: Standing): string | undefined {
  if (isGone) return 'The tunnel is gone already'
  if (hasChanged) return 'The tunnel has changed; reload it first'
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
