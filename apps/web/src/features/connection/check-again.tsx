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
  return (
    <Button
      icon={<RefreshCw aria-hidden size={16} />}
      onClick={onCheck}
      busy={isChecking}
      disabledReason={isChecking || left === 0 ? undefined : `One check a minute: again in ${left} s`}
    >
      Check again
    </Button>
  )
}
