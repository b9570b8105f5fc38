import { useQuery } from '@tanstack/react-query'
import { tunnelHistoryQuery } from '../../../data/tunnel-status.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Skeleton } from '../../../ui/skeleton-bar.tsx'
import { Panel } from '../panel.tsx'
import { HistoryPictures } from './history-pictures.tsx'
import { ReadingLine } from './reading-line.tsx'

const spans: readonly [days: number, words: string][] = [
  [1, '24 hours'],
  [7, '7 days'],
  [90, '90 days'],
]

interface HistoryPanelProps {
  id: string
  /** How far back: one of `spans`. */
  days: number
  onDaysChange: (days: number) => void
}

/** What a tunnel was in the last day, week or quarter. */
export function HistoryPanel({ id, days, onDaysChange }: HistoryPanelProps) {
  const query = useQuery(tunnelHistoryQuery(id, days))
  const { data, error } = query
  return (
    <Panel title="History of its state" aside={<Spans days={days} onChange={onDaysChange} />}>
      <ReadingLine
        words={query.isPending || query.isPlaceholderData ? readingWords(days, query.isPlaceholderData) : ''}
        lateWords="It takes longer than usual: Cloudflare’s analytics are slow to tell of the traffic."
      />
      {query.isPending && <Skeleton className="h-60 w-full" />}
      {!data && error && (
        <ErrorPanel problem={error.problem} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      )}
      {data && error && (
        <div className="mb-3">
          <Banner
            kind="warning"
            title={`${error.problem.title}.`}
            actions={
              <Button size="small" onClick={() => void query.refetch()}>
                Try again
              </Button>
            }
          >
            What is newer is missing here.
          </Banner>
        </div>
      )}
      {data && (
        <div className={query.isPlaceholderData ? 'opacity-60' : undefined} aria-busy={query.isPlaceholderData}>
          <HistoryPictures history={data} />
        </div>
      )}
    </Panel>
  )
}

function readingWords(days: number, showsOther: boolean): string {
  const words = spans.find(([number]) => number === days)?.[1] ?? 'history'
  return `Reading ${words} of states and traffic…${showsOther ? ' Until then you see what was shown before.' : ''}`
}

function Spans({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row
    <div role="group" aria-label="How far back" className="flex flex-wrap gap-2">
      {spans.map(([number, words]) => (
        <Button
          key={number}
          size="small"
          aria-pressed={days === number}
          className={days === number ? 'border-accent! bg-sunken! text-accent!' : undefined}
          onClick={() => onChange(number)}
        >
          {words}
        </Button>
      ))}
    </div>
  )
}
