import { useMutation } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { toast } from '../../ui/toast.tsx'

interface ResetDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function ResetDialog({ open, onOpenChange }: ResetDialogProps) {
  const reset = useMutation({
    mutationFn: () => call('/api/sandbox/reset', { method: 'POST' }),
    onSuccess: (_answer, _input, _result, { client }) => {
      onOpenChange(false)
      toast('The sandbox is as it was at the start')
      return client.invalidateQueries()
    },
  })
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Reset the sandbox?"
      description="All tunnels go back to how they were at the start. Changes made in the sandbox are lost, for everybody who uses it."
      confirmLabel="Reset sandbox"
      isDanger
      busy={reset.isPending}
      onConfirm={() => reset.mutate()}
    >
      {reset.error && <ErrorPanel problem={reset.error.problem} isAlert />}
    </ConfirmDialog>
  )
}
