import { useMutation } from '@tanstack/react-query'
import { resetSandbox } from '../../data/sandbox.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { toast } from '../../ui/toast.ts'

interface ResetDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function ResetDialog({ open, onOpenChange }: ResetDialogProps) {
  const reset = useMutation(resetSandbox())
  const done = () => {
    onOpenChange(false)
    toast('The sandbox is as it was at the start')
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Reset the sandbox?"
      description="All tunnels go back to how they were at the start. Changes made in the sandbox are lost, for everybody who uses it."
      confirmLabel="Reset sandbox"
      isDanger
      busy={reset.isPending}
      onConfirm={() => reset.mutate(undefined, { onSuccess: done })}
    >
      {reset.error && <ErrorPanel problem={reset.error.problem} isAlert />}
    </ConfirmDialog>
  )
}
