import { X } from 'lucide-react'
import { formatNumber, nearTime } from '../../../lib/format.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { IconButton } from '../../../ui/button.tsx'
import type { News } from './last-looked.ts'

const namedAtMost = 3

/** "Since you last looked (Nov 21, 17:02): 2 went down (branch-07, hq-1), 1 recovered (oslo-a), 3 changed (…)". */
export function NewsLine({ news, onDismiss }: { news: News; onDismiss: () => void }) {
  useStore(timesInUtc)
  const parts = [
    told(news.down, 'went down'),
    told(news.degraded, 'became degraded'),
    told(news.recovered, 'recovered'),
    told(news.changed, 'changed'),
  ].filter((part) => part !== null)
  return (
    <div className="flex min-w-0 items-center gap-1 text-fg md:ml-auto">
      <p className="[overflow-wrap:anywhere]">
        <span className="text-fg-2">Since you last looked ({nearTime(new Date(news.at))}):</span> {parts.join(', ')}
      </p>
      <IconButton
        size="small"
        label="Put away what changed since you last looked"
        icon={<X aria-hidden size={14} />}
        onClick={onDismiss}
      />
    </div>
  )
}

function told(names: readonly string[], verb: string): string | null {
  if (names.length === 0) return null
  const first = names.slice(0, namedAtMost)
  const rest = names.length - first.length
  return `${formatNumber(names.length)} ${verb} (${first.join(', ')}${rest > 0 ? ` and ${formatNumber(rest)} more` : ''})`
}
