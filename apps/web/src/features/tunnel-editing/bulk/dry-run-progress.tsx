import { count, formatNumber } from '../../../lib/format.ts'
import { useAnnounceChange } from '../../../ui/announcer.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProgressBar } from '../../../ui/progress-bar.tsx'

interface DryRunProgressProps {
  dry: {
    /** `null` while none is under way. */
    progress: { done: number; of: number } | null
    /** Seconds until it goes on, where Cloudflare asked for a pause. */
    wait: number | null
    cancel: () => void
  }
  /** What it came to, for whoever does not see it; empty until it has ended. */
  result: string
}

/** How far a dry run of many is, and the way to end it. */
export function DryRunProgress({ dry: { progress, wait, cancel }, result }: DryRunProgressProps) {
  useAnnounceChange(result)
  if (progress === null) return null
  const text = `${formatNumber(progress.done)} of ${formatNumber(progress.of)} checked`
  return (
    <div className="flex max-w-form flex-col gap-2">
      <ProgressBar label="Dry run" value={progress.done} max={progress.of} text={text} />
      {wait !== null && (
        <Banner kind="warning" role="status" title="Cloudflare asks us to slow down.">
          The dry run goes on by itself in {count(wait, 'second')}.
        </Banner>
      )}
      <div>
        <Button onClick={cancel}>Cancel the dry run</Button>
      </div>
    </div>
  )
}
