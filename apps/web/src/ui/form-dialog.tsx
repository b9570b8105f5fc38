import { type FormEvent, type ReactNode, type RefObject, useId } from 'react'
import { Button } from './button.tsx'
import { Dialog, DialogClose } from './dialog.tsx'

interface FormDialogProps {
  title: string
  description: string
  /** The accessible name of the form; absent: the title. */
  label?: string
  /** What the button says that sends it. */
  submit: string
  /** It is on its way: neither sent again nor closed. */
  isBusy: boolean
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
  onClose: () => void
  /** Where the focus goes afterwards. */
  opener?: RefObject<HTMLElement | null> | undefined
  children: ReactNode
}

/** A dialog that is a form: its fields, Cancel, and the button that sends it. Mounted for as long as it is open. */
export function FormDialog({ title, description, label = title, submit, isBusy, ...rest }: FormDialogProps) {
  const { onSubmit, onClose, opener, children } = rest
  const id = useId()
  return (
    <Dialog
      open
      onOpenChange={onClose}
      {...(opener && { finalFocus: opener })}
      dismissable={!isBusy}
      title={title}
      description={description}
      footer={
        <>
          <DialogClose>Cancel</DialogClose>
          <Button type="submit" form={id} kind="primary" busy={isBusy}>
            {submit}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={onSubmit} noValidate aria-label={label} className="flex flex-col gap-4 pb-2">
        {children}
      </form>
    </Dialog>
  )
}
