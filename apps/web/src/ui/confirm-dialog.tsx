import { type ReactNode, useRef } from 'react'
import { Button } from './button.tsx'
import { Dialog, DialogClose, type DialogProps } from './dialog.tsx'

interface ConfirmDialogProps
  extends Pick<DialogProps, 'open' | 'onOpenChange' | 'title' | 'description' | 'children' | 'finalFocus'> {
  /** Says what happens: "Delete tunnel", never "OK". */
  confirmLabel: string
  onConfirm: () => void
  cancelLabel?: string
  isDanger?: boolean
  busy?: boolean
  disabledReason?: ReactNode
}

/** An `alertdialog`. Focus starts on Cancel, the choice that does no harm. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={props.title}
      description={props.description}
      finalFocus={props.finalFocus}
      role="alertdialog"
      size="small"
      dismissable={!props.busy}
      initialFocus={cancel}
      footer={
        <>
          <DialogClose ref={cancel}>{props.cancelLabel ?? 'Cancel'}</DialogClose>
          <Button
            kind={props.isDanger ? 'danger' : 'primary'}
            busy={props.busy}
            {...('disabledReason' in props && { disabledReason: props.disabledReason })}
            onClick={props.onConfirm}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  )
}
