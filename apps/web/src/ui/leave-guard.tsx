import { useBlocker } from '@tanstack/react-router'
import { useHeld } from '../lib/held.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'

interface LeaveGuardProps {
  hasTyped: () => boolean
  /** What it says instead, where leaving means something else. */
  words?: LeaveWords | undefined
}

export interface LeaveWords {
  title: string
  description: string
  isLost: boolean
}

/**
 * Asks before typed values are lost: on a link, on Back, and when the tab closes. `hasTyped` is asked at that moment. Another
 * step of the same page is no way out of it.
 */
export function LeaveGuard({ hasTyped, words = unsaved }: LeaveGuardProps) {
  useHeld(hasTyped)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && hasTyped(),
    enableBeforeUnload: hasTyped,
    withResolver: true,
  })
  const { title, description, isLost } = words
  return (
    <ConfirmDialog
      open={blocker.status === 'blocked'}
      onOpenChange={(open) => !open && blocker.reset?.()}
      title={title}
      description={description}
      cancelLabel="Stay"
      confirmLabel="Leave"
      isDanger={isLost}
      onConfirm={() => blocker.proceed?.()}
    />
  )
}

const unsaved: LeaveWords = {
  title: 'Leave without saving?',
  description: 'What you have changed on this page is not saved and will be lost.',
  isLost: true,
}
