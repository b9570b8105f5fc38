import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tunnelHistoryQuery } from '../../../data/tunnel-status.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Skeleton } from '../../../ui/skeleton-bar.tsx'
import { Panel } from '../panel.tsx'
import { HistoryPictures } from './history-pictures.tsx'

const spans: readonly [days: number, words: string][] = [
  [1, '24 hours'],
  [7, '7 days'],
  [90, '90 days'],
]

/** What a tunnel was in the last day, week or quarter. */
export function HistoryPanel({ id }: { id: string }) {
  const [days, setDays] = useState(1)
  const query = useQuery(tunnelHistoryQuery(id, days))
  const { data, error } = query
  return (
    <Panel title="History of its state" aside={<Spans days={days} onChange={setDays} />}>
      {query.isPending && <Skeleton className="h-60 w-full" />}
      {!data && error && (
        <ErrorPanel problem={error.problem} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      )}
      {data && error && (
        <div className="mb-3">
          <Banner kind="warning" title={`${error.problem.title}.`}>
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
