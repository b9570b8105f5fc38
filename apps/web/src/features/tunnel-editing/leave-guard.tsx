import { useBlocker } from '@tanstack/react-router'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

interface LeaveGuardProps {
  hasTyped: () => boolean
  /** What was typed was sent, and nobody knows what became of it. */
  isUnknown: boolean
}

/** Asks before typed values are lost: on a link, on Back, and when the tab closes. `hasTyped` is asked at that moment. */
export function LeaveGuard({ hasTyped, isUnknown }: LeaveGuardProps) {
  const blocker = useBlocker({ shouldBlockFn: hasTyped, enableBeforeUnload: hasTyped, withResolver: true })
  return (
    <ConfirmDialog
      open={blocker.status === 'blocked'}
      onOpenChange={(open) => !open && blocker.reset?.()}
      title={isUnknown ? 'Leave before it is known?' : 'Leave without saving?'}
      description={
        isUnknown
          ? 'It stays watched without this page, and the audit log will say what became of it. What you typed here is lost.'
          : 'What you have changed on this page is not saved and will be lost.'
      }
      cancelLabel="Stay"
      confirmLabel="Leave"
      isDanger
      onConfirm={() => blocker.proceed?.()}
    />
  )
}
