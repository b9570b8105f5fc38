import { Pause, Play } from 'lucide-react'
import { shortDuration } from '../../lib/format.ts'
import { useStore } from '../../lib/store.ts'
import { IconButton } from '../../ui/button.tsx'
import { LiveChip, liveStateOf } from '../../ui/live-chip.tsx'
import { useTimely } from '../../ui/time-ago.tsx'
import { isPaused } from './live.ts'

interface LiveControlProps {
  /** When Cloudflare last gave what is shown. */
  fetchedAt: string | undefined
  /** The last attempt failed. */
  isFailing: boolean
}

/** How fresh the page is, and the button that stops it. */
export function LiveControl({ fetchedAt, isFailing }: LiveControlProps) {
  const paused = useStore(isPaused)
  const state = useTimely((now) => liveStateOf({ fetchedAt, isError: isFailing }, now))
  const age = useTimely((now) =>
    fetchedAt === undefined ? undefined : shortDuration((now.getTime() - Date.parse(fetchedAt)) / 1000),
  )
  const shown = paused ? 'paused' : state
  const hasAge = state === 'stale' || paused
  return (
    <span className="inline-flex items-center gap-1 print:hidden">
      <LiveChip state={shown} detail={hasAge ? age : undefined} />
      <IconButton
        size="small"
        label={paused ? 'Resume live updates' : 'Pause live updates'}
        icon={paused ? <Play aria-hidden size={14} /> : <Pause aria-hidden size={14} />}
        onClick={() => isPaused.set(!paused)}
      />
    </span>
  )
}
