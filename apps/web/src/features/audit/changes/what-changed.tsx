import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { type ChangesAnswer, changesQuery } from '../../../data/changes.ts'
import type { ChangesSearch } from '../../../data/changes-search.ts'
import { count } from '../../../lib/format.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { ChangesTable, entryLinkId } from './changes-table.tsx'
import { laneEntriesOf } from './lanes.ts'
import { Timeline } from './timeline.tsx'

/** Everything that was changed in a time: on one axis, and as a table. */
export function WhatChanged({ search }: { search: ChangesSearch }) {
  const query = useQuery(changesQuery(search))
  const { data, error } = query
  if (query.isPending) return <SkeletonRows label="Loading changes" />
  if (!data) {
    return (
      error && <ErrorPanel problem={error.problem} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
    )
  }
  return (
    <>
      {error && (
        <div className="mb-3">
          <Banner kind="warning" title={`${error.problem.title}.`}>
            Newer changes may be missing.
          </Banner>
        </div>
      )}
      {data.isCut && (
        <div className="mb-3">
          <Banner
            kind="warning"
            title={`Only the newest ${count(data.entries.length, 'entry', 'entries')} of this time were read`}
          >
            What is older is missing here: choose a shorter time.
          </Banner>
        </div>
      )}
      <Changes answer={data} />
    </>
  )
}

/** So many rows are in the page at first. */
const mostShown = 100

function Changes({ answer }: { answer: ChangesAnswer }) {
  const changes = useMemo(() => laneEntriesOf(answer.entries), [answer.entries])
  const oldestFirst = useMemo(() => changes.toReversed(), [changes])
  const [chosen, setChosen] = useState<string>()
  const [showsAll, setShowsAll] = useState(false)
  useStore(timesInUtc)
  const selected = changes.find(({ entry }) => entry.id === chosen) ?? changes[0]
  const shown = showsAll ? changes : changes.slice(0, mostShown)
  const open = (id: string) => {
    // The row must be there for the focus to go to it.
    flushSync(() => setShowsAll(changes.length > mostShown))
    document.getElementById(entryLinkId(id))?.focus()
  }
  return (
    <>
      <Timeline
        axis={{ start: Date.parse(answer.from), end: Date.parse(answer.to) }}
        changes={oldestFirst}
        selected={selected?.entry.id}
        onSelect={setChosen}
        onOpen={open}
      />
      {changes.length === 0 ? (
        <EmptyState title="Nothing was changed in this time">
          Neither here nor, as far as this console has seen, outside of it. Refused attempts and dry runs are in the
          audit log.
        </EmptyState>
      ) : (
        <ChangesTable changes={shown} selected={chosen} />
      )}
      {changes.length > shown.length && (
        <Button size="small" className="mt-3" onClick={() => setShowsAll(true)}>
          Show all {count(changes.length, 'change')}
        </Button>
      )}
    </>
  )
}
