import { useQuery } from '@tanstack/react-query'
import type { TunnelVersion } from '@tunnel-console/shared/api'
import { snapshotsOf } from '@tunnel-console/shared/versions'
import { useId, useRef, useState } from 'react'
import { versionsQuery } from '../../data/versions.ts'
import { count } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Compared, CompareVersions, keyOf } from './compare-versions.tsx'
import { VersionRow } from './version-row.tsx'

/** So many rows say what happened lately. */
const mostShown = 10

/** The versions of a tunnel: who left each, what differs between any two, and the way back to one. */
export function VersionHistory({ id, isGone = false }: { id: string; isGone?: boolean }) {
  const headingId = useId()
  const query = useQuery(versionsQuery(id))
  const { data, error } = query
  // Of a tunnel that nobody knows there is nothing to say here.
  if (error?.problem.code === 'not-found' && !data) return null
  return (
    <section aria-labelledby={headingId} className="mb-8">
      <h2 id={headingId} className="mb-2 text-16 font-semibold">
        Versions
      </h2>
      {query.isPending && <SkeletonRows label="Loading versions" />}
      {error && !data && (
        <ErrorPanel problem={error.problem} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      )}
      {data && data.length === 0 && (
        <p className="text-14 text-fg-2">No version is kept yet. The next change leaves the first ones.</p>
      )}
      {data && data.length > 0 && <Versions versions={data} isGone={isGone} />}
    </section>
  )
}

function Versions({ versions, isGone }: { versions: readonly TunnelVersion[]; isGone: boolean }) {
  const [showsAll, setShowsAll] = useState(false)
  const [chosen, setChosen] = useState<Compared | null>(null)
  const difference = useRef<HTMLHeadingElement>(null)
  const snapshots = snapshotsOf(versions)
  const [newest, previous] = snapshots
  const shown = showsAll ? versions : versions.slice(0, mostShown)
  const compare = (key: string) => {
    if (newest) setChosen({ from: key, to: keyOf(newest) })
    difference.current?.focus()
  }
  return (
    <>
      <p className="mb-3 max-w-[72ch] text-13 text-fg-3">
        What each change left, newest first. Of an MD5 key a version only knows that there was one.
      </p>
      <ol aria-label="Versions" className="border-t border-line">
        {shown.map((version, index) => (
          <VersionRow
            key={version.seq}
            version={version}
            snapshots={snapshots.filter(({ seq }) => seq === version.seq)}
            isNewest={index === 0}
            isGone={isGone}
            onCompare={snapshots.length > 1 ? compare : undefined}
          />
        ))}
      </ol>
      {versions.length > shown.length && (
        <Button size="small" className="mt-3" onClick={() => setShowsAll(true)}>
          Show all {count(versions.length, 'version')}
        </Button>
      )}
      {newest && previous && (
        <CompareVersions
          heading={difference}
          versions={versions}
          snapshots={snapshots}
          chosen={chosen ?? { from: keyOf(previous), to: keyOf(newest) }}
          onChoose={setChosen}
        />
      )}
    </>
  )
}
