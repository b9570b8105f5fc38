import { useBlocker } from '@tanstack/react-router'
import { useHeld } from '../../lib/held.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import type { Phase } from './write/write-state.ts'

interface LeaveGuardProps {
  hasTyped: () => boolean
  phase: Phase
  /** The path below which one page goes on: moving about in there leaves nothing. */
  within?: string
  /** What it says instead, where leaving means something else. */
  words?: LeaveWords | undefined
}

interface LeaveWords {
  title: string
  description: string
  isLost: boolean
}

/**
 * Asks before typed values are lost: on a link, on Back, and when the tab closes. `hasTyped` is asked at that moment. Another
 * step of the same page is no way out of it.
 */
export function LeaveGuard({ hasTyped, phase, within, words }: LeaveGuardProps) {
  useHeld(hasTyped)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const isInside = within !== undefined && `${next.pathname}/`.startsWith(`${within}/`)
      return current.pathname !== next.pathname && !isInside && hasTyped()
    },
    enableBeforeUnload: hasTyped,
    withResolver: true,
  })
  const usual = phase === 'applying' || phase === 'unknown' ? sent[phase] : unsaved
  const { title, description, isLost } = words ?? usual
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

const unsaved = {
  title: 'Leave without saving?',
  description: 'What you have changed on this page is not saved and will be lost.',
  isLost: true,
}

const keeps = 'You are told wherever you are what became of it, and until then what you typed is kept.'

/** What was sent goes its way, whoever looks at it. */
const sent = {
  applying: {
    title: 'Leave while it is being saved?',
    description: `The change goes on without this page. ${keeps}`,
    isLost: false,
  },
  unknown: {
    title: 'Leave before it is known?',
    description: `It stays watched without this page. ${keeps}`,
    isLost: false,
  },
}
