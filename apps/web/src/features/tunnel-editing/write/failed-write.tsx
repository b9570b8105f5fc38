import type { Problem } from '@tunnel-console/shared/problem'
import { ErrorPanel } from '../../../ui/error-panel.tsx'

interface FailedProps {
  problem: Problem
  /** Offered where waiting is what helps; otherwise the button that was pressed is still there. */
  onRetry: () => void
}

/** A write that certainly did nothing. */
export function FailedWrite({ problem, onRetry }: FailedProps) {
  return <Failed problem={problem} before="Nothing was changed." onRetry={onRetry} />
}

/** A dry run that could not be made. */
export function NotValidated({ problem, onRetry }: FailedProps) {
  return <Failed problem={problem} before="Not validated." onRetry={onRetry} />
}

function Failed({ problem, before, onRetry }: FailedProps & { before: string }) {
  const isSoon = problem.retryAfter !== undefined
  return (
    <ErrorPanel
      problem={{ ...problem, title: `${before} ${problem.title}` }}
      onRetry={isSoon ? onRetry : undefined}
      isAlert
    />
  )
}
