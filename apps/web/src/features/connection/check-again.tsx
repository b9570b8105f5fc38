import { RefreshCw } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { useTimely } from '../../ui/time-ago.tsx'

interface CheckAgainProps {
  /** When the next check may be made, by the browser's clock, in milliseconds; `undefined`: now. */
  from: number | undefined
  isChecking: boolean
  onCheck: () => void
}

/** Asks Cloudflare anew, once a minute at most, since everybody shares a check. */
export function CheckAgain({ from = 0, isChecking, onCheck }: CheckAgainProps) {
  const left = useTimely((now) => Math.max(0, Math.ceil((from - now.getTime()) / 1000)))
  const reason = isChecking || left === 0 ? undefined : `One check a minute: again in ${left} s`
  // The line below is one, whether there is a reason or not: what stands beside it must not move each minute.
  return (
    <span className="flex flex-col items-end gap-1 max-md:items-start">
      <Button
        icon={<RefreshCw aria-hidden size={16} />}
        onClick={onCheck}
        busy={isChecking}
        disabledReason={reason}
        reasonPlace="described"
      >
        Check again
      </Button>
      <span aria-hidden className="min-h-4 text-12 whitespace-nowrap text-fg-2">
        {reason}
      </span>
    </span>
  )
}
