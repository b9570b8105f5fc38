import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useId } from 'react'
import { cx } from '../lib/cx.ts'
import { buttonClass, IconButton } from './button.tsx'

type FocusTarget = RefObject<HTMLElement | null>

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The accessible name. */
  title: ReactNode
  /** Read out with the title. */
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  /** `false`: neither Escape, nor a press outside, nor a cross closes it. */
  dismissable?: boolean
  /** `alertdialog` for what destroys or interrupts: a press outside does not close it. */
  role?: 'dialog' | 'alertdialog'
  size?: 'small' | 'medium' | 'large'
  initialFocus?: FocusTarget
  /** Where focus goes after closing, when the control that opened it is gone. */
  finalFocus?: FocusTarget
}

const widths = { small: 'sm:max-w-105', medium: 'sm:max-w-140', large: 'sm:max-w-210' }

export function Dialog(props: DialogProps) {
  const { dismissable = true, role = 'dialog', size = 'medium' } = props
  const change = (open: boolean, details: Base.Root.ChangeEventDetails) => {
    const reason = details.reason
    if (!open && !dismissable && (reason === 'escape-key' || reason === 'outside-press' || reason === 'focus-out')) {
      details.cancel()
      return
    }
    props.onOpenChange(open)
  }
  return (
    <Base.Root open={props.open} onOpenChange={change} disablePointerDismissal={!dismissable || role === 'alertdialog'}>
      <Base.Portal>
        <Base.Backdrop className="appear fixed inset-0 z-50 bg-scrim" />
        <Base.Popup
          role={role}
          aria-modal
          initialFocus={props.initialFocus}
          finalFocus={props.finalFocus}
          onKeyDown={dismissable ? undefined : keepEscape}
          className={cx(
            'appear fixed z-50 flex flex-col rounded-l border border-line bg-surface text-fg shadow-float outline-none',
            'inset-x-3 top-1/2 mx-auto max-h-[calc(100dvh-1.5rem)] -translate-y-1/2',
            widths[size],
          )}
        >
          <DialogBody {...props} dismissable={dismissable} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** A dialog underneath must not take the Escape that this one ignores. */
function keepEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.stopPropagation()
}

function DialogBody({ title, description, children, footer, dismissable }: DialogProps) {
  const id = useId()
  return (
    <>
      <header className={cx('px-5 pt-4 pb-3', dismissable && 'pr-14')}>
        <Base.Title id={id} className="text-16 font-semibold [overflow-wrap:anywhere]">
          {title}
        </Base.Title>
        {description && <Base.Description className="mt-1 text-14 text-fg-2">{description}</Base.Description>}
      </header>
      {children && <div className="min-h-0 overflow-y-auto px-5 py-2">{children}</div>}
      {footer ? (
        <footer className="mt-2 flex flex-wrap items-start justify-end gap-x-2 gap-y-1 border-t border-line px-5 py-3 text-right">
          {footer}
        </footer>
      ) : (
        <div className="h-3 shrink-0" />
      )}
      {/* Last, so that focus starts in the content. */}
      {dismissable && (
        <Base.Close
          render={<IconButton label="Close" icon={<X aria-hidden size={18} />} className="absolute top-2 right-2.5" />}
        />
      )}
    </>
  )
}

/** The footer's way out. Its name defaults to "Cancel". */
export function DialogClose({ children = 'Cancel', ref }: { children?: ReactNode; ref?: FocusTarget }) {
  return (
    <Base.Close ref={ref as RefObject<HTMLButtonElement | null>} className={buttonClass('secondary')}>
      {children}
    </Base.Close>
  )
}
