import { useQuery } from '@tanstack/react-query'
import { foldChanges, tunnelsIn } from '@tunnel-console/shared/state-folds'
import { useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { type ChangesAnswer, changesQuery } from '../../../data/changes.ts'
import type { ChangesSearch } from '../../../data/changes-search.ts'
import type { StateChangesRead } from '../../../data/state-changes.ts'
import { count } from '../../../lib/format.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { ChangesTable } from './changes-table.tsx'
import { CoverageNotes, unwatchedIn } from './coverage-notes.tsx'
import { type Lane, type LaneItem, laneEntriesOf, laneItemsOf } from './lanes.ts'
import { StatesRead, useStates } from './states-read.tsx'
import { rowLinkId } from './table-parts.tsx'
import { Timeline } from './timeline.tsx'

/** Everything that was changed in a time, and what tunnels did meanwhile: on one axis, and as a table. */
export function WhatChanged({ search }: { search: ChangesSearch }) {
  const query = useQuery(changesQuery(search))
  const states = useStates(search)
  const { data, error } = query
  if (query.isPending) return <SkeletonRows label="Loading changes" />
  if (!data) {
    return (
      error && <ErrorPanel problem={error.problem} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
    )
  }
  return (
    <>
      <div className="mb-3 flex flex-col gap-3 empty:hidden">
        {error && (
          <Banner kind="warning" title={`${error.problem.title}.`}>
            Newer changes may be missing.
          </Banner>
        )}
        {data.isCut && (
          <Banner
            kind="warning"
            title={`Only the newest ${count(data.entries.length, 'entry', 'entries')} of this time were read`}
          >
            What is older is missing here: choose a shorter time.
          </Banner>
        )}
        {states && <StatesRead {...states} />}
      </div>
      <Changes answer={data} states={states && { read: states.query.data }} />
    </>
  )
}

/** So many rows are in the page at first. */
const mostShown = 100

interface ChangesProps {
  answer: ChangesAnswer
  /** `null`: nobody wants to see them. `read` is missing while nothing is known of them. */
  states: { read: StateChangesRead | null | undefined } | null
}

function Changes({ answer, states }: ChangesProps) {
  const pages = states?.read?.pages
  const isCut = states?.read?.isCut ?? false
  const folds = useMemo(() => foldChanges(pages?.flatMap(({ body }) => body.changes) ?? [], isCut), [pages, isCut])
  const items = useMemo(() => laneItemsOf(laneEntriesOf(answer.entries), folds), [answer.entries, folds])
  const oldestFirst = useMemo(() => items.toReversed(), [items])
  const [chosen, setChosen] = useState<string>()
  const [showsAll, setShowsAll] = useState(false)
  useStore(timesInUtc)
  const selected = items.find(({ id }) => id === chosen) ?? items[0]
  const shown = showsAll ? items : items.slice(0, mostShown)
  const axis = { start: Date.parse(answer.from), end: Date.parse(answer.to) }
  const body = pages?.[0]?.body
  const unwatched = body ? unwatchedIn(body, axis) : []
  const lanes: Lane[] = states ? ['status', 'ours', 'outside'] : ['ours', 'outside']
  const open = (id: string) => {
    // The row must be there for the focus to go to it.
    flushSync(() => setShowsAll(items.length > mostShown))
    document.getElementById(rowLinkId(id))?.focus()
  }
  return (
    <>
      <Timeline
        axis={axis}
        lanes={lanes}
        items={oldestFirst}
        unwatched={unwatched}
        selected={selected?.id}
        onSelect={setChosen}
        onOpen={open}
      >
        {countWords(items, pages !== undefined)}
      </Timeline>
      {body && <CoverageNotes axis={axis} unwatched={unwatched} answer={body} />}
      {items.length === 0 ? (
        <EmptyState title="Nothing was changed in this time">
          Neither here nor, as far as this console has seen, outside of it
          {body && ', and no tunnel that it saw went from one state to another'}. Refused attempts and dry runs are in
          the audit log.
        </EmptyState>
      ) : (
        <ChangesTable items={shown} selected={chosen} />
      )}
      {items.length > shown.length && (
        <Button size="small" className="mt-3" onClick={() => setShowsAll(true)}>
          Show all {count(items.length, 'change')}
        </Button>
      )}
    </>
  )
}

/** "1 change of state (31 tunnels), 2 changes here, 1 change outside this console. The table tells the same." */
function countWords(items: readonly LaneItem[], hasStates: boolean): string {
  const number = (lane: Lane) => items.filter((item) => item.lane === lane).length
  const states = items.flatMap((item) => (item.lane === 'status' ? item.fold.changes : []))
  const tunnels = tunnelsIn({ changes: states })
  const ofStates = states.length > 0 ? ` of ${count(tunnels, 'tunnel')}` : ''
  const told = [
    ...(hasStates ? [`${count(states.length, 'change')} of state${ofStates}`] : []),
    `${count(number('ours'), 'change')} here`,
    `${count(number('outside'), 'change')} outside this console`,
  ]
  return `${told.join(', ')}. The table tells the same.`
}
