import { useEffect, useState } from 'react'
import { countdown } from '../lib/countdown.ts'
import { announce } from './announcer.tsx'
import { Button } from './button.tsx'

interface RetryProps {
  onRetry: (() => void) | undefined
  isRetrying: boolean | undefined
  /** Seconds until another attempt has a chance. */
  after: number | undefined
}

/** "Try again", once it has a chance. Stands outside of alerts: a countdown must not be read out each second. */
export function Retry({ onRetry, isRetrying, after = 0 }: RetryProps) {
  const left = useCountdown(after)
  return (
    <>
      {left > 0 && (
        <p className="nums mt-1 text-fg-2">
          Try again in {left < 100 ? `${left} s` : `${countdown(left * 1000)} min`}.
        </p>
      )}
      {left === 0 && after > 0 && !onRetry && <p className="mt-1 text-fg-2">You can try again now.</p>}
      {left === 0 && onRetry && (
        <Button className="mt-3" size="small" onClick={onRetry} busy={isRetrying}>
          Try again
        </Button>
      )}
    </>
  )
}

/** The seconds that are left of `seconds`, counted from the first call. */
function useCountdown(seconds: number): number {
  const [endsAt] = useState(() => performance.now() + seconds * 1000)
  const [left, setLeft] = useState(Math.ceil(seconds))
  // The clock is outside React.
  useEffect(() => {
    if (seconds <= 0) return
    const timer = setInterval(() => {
      const next = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000))
      setLeft(next)
      if (next > 0) return
      clearInterval(timer)
      announce('You can try again')
    }, 250)
    return () => clearInterval(timer)
  }, [seconds, endsAt])
  return left
}
