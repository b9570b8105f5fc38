import type { Problem } from '@tunnel-console/shared/problem'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Spinner } from '../../ui/spinner.tsx'

interface DryRunLineProps {
  isPending: boolean
  problem: Problem | undefined
  /** What to say when Cloudflare would do it. */
  accepted: string
  /** That it would do nothing of it is no success. */
  isNone?: boolean
}

/** What a dry run says: accepted, refused in Cloudflare's own words, or that it could not be asked. */
export function DryRunLine({ isPending, problem, accepted, isNone }: DryRunLineProps) {
  if (problem?.code === 'rejected') return <ErrorPanel problem={problem} isAlert />
  return (
    <p role="status" className="flex gap-2 text-13 text-fg-2">
      <span className="mt-0.5 shrink-0">
        {isPending ? (
          <Spinner />
        ) : problem || isNone ? (
          <TriangleAlert aria-hidden size={16} className="text-degraded-fg" />
        ) : (
          <CircleCheck aria-hidden size={16} className="text-up-fg" />
        )}
      </span>
      {isPending
        ? 'Asking Cloudflare… nothing is changed'
        : problem
          ? `The dry run could not be made. ${problem.detail ?? problem.title}`
          : `${accepted} Nothing has been changed.`}
    </p>
  )
}
