import { useBlocker } from '@tanstack/react-router'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

/** Asks before typed values are lost: on a link, on Back, and when the tab closes. `hasTyped` is asked at that moment. */
export function LeaveGuard({ hasTyped }: { hasTyped: () => boolean }) {
  const blocker = useBlocker({ shouldBlockFn: hasTyped, enableBeforeUnload: hasTyped, withResolver: true })
  return (
    <ConfirmDialog
      open={blocker.status === 'blocked'}
      onOpenChange={(open) => !open && blocker.reset?.()}
      title="Leave without saving?"
      description="What you have changed on this page is not saved and will be lost."
      cancelLabel="Stay"
      confirmLabel="Leave"
      isDanger
      onConfirm={() => blocker.proceed?.()}
    />
  )
}
