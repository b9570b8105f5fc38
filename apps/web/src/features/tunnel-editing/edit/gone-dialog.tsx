import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'

interface GoneDialogProps {
  open: boolean
  onStay: () => void
  onCreateAgain: () => void
}

/** The tunnel is gone; what was typed is not (U25). */
export function GoneDialog({ open, onStay, onCreateAgain }: GoneDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onStay()}
      role="alertdialog"
      title="This tunnel was deleted outside this page"
      description="There is nothing left to change. What you typed is still here, and can become a new tunnel with another key."
      footer={
        <>
          <Button onClick={onStay}>Back to the form</Button>
          <Button kind="primary" onClick={onCreateAgain}>
            Create it again from your version
          </Button>
        </>
      }
    />
  )
}
