import type { StatusAnswer } from '@tunnel-console/shared/api'
import { tunnelStates } from '@tunnel-console/shared/status'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { isOldAt } from '../../../data/status.ts'
import { cx } from '../../../lib/cx.ts'
import { count, formatNumber } from '../../../lib/format.ts'
import { useIsNarrow } from '../../../lib/use-media.ts'
import { Guard } from '../../../ui/guard.tsx'
import { stateLook } from '../../../ui/state-look.ts'
import { StateShape } from '../../../ui/state-shape.tsx'
import { useTimely } from '../../../ui/time-ago.tsx'
import { toneFill } from '../../../ui/tone.ts'
import { countStates, turnOfWall, type WallRow, wallRows } from './wall-rows.ts'
import { BrokenTile, WallTile } from './wall-tile.tsx'

const turnMs = 15_000
/** A tile with its gap, in pixels, as `WallTile` draws it. */
const tile = { width: 400, height: 192 }

interface WallProps {
  status: StatusAnswer
  names: Record<string, string>
  /** When the console had this from Cloudflare. */
  fetchedAt: string
}

/** The fleet for a screen on a wall: how many are in which state, and each tunnel that is not as it should be. */
export function Wall({ status: { statuses, sources }, names, fetchedAt }: WallProps) {
  const isOld = useTimely((now) => isOldAt(fetchedAt, now)) || !sources.tunnels.ok
  const rows = wallRows(statuses, names)
  return (
    <>
      <Counters statuses={statuses} isOld={isOld} />
      {rows.length > 0 ? (
        <Tiles rows={rows} isOld={isOld} />
      ) : (
        <AllWell total={Object.keys(statuses).length} isOld={isOld} />
      )}
    </>
  )
}

function Counters({ statuses, isOld }: { statuses: StatusAnswer['statuses']; isOld: boolean }) {
  const counts = countStates(statuses)
  return (
    <ul aria-label="States" className="flex flex-wrap gap-x-10 gap-y-3 max-md:grid max-md:grid-cols-2 max-md:gap-x-4">
      {tunnelStates
        .filter((state) => state === 'up' || state === 'down' || counts.has(state))
        .map((state) => {
          const { tone, shape, word } = stateLook(state, isOld)
          const number = counts.get(state) ?? 0
          return (
            <li key={state} className={cx('flex items-center gap-3', number === 0 && 'text-fg-3')}>
              <span className={cx('inline-flex', number > 0 && toneFill[tone])}>
                <StateShape shape={shape} size={28} />
              </span>
              <span className="nums text-[2.5rem] leading-none font-semibold">{formatNumber(number)}</span>
              <span className="text-20 text-fg-2 max-md:text-16">{word}</span>
            </li>
          )
        })}
    </ul>
  )
}

function Tiles({ rows, isOld }: { rows: readonly WallRow[]; isOld: boolean }) {
  const box = useRef<HTMLUListElement>(null)
  const fit = useFit(box)
  const now = useTimely((at) => Math.floor(at.getTime() / turnMs))
  const isNarrow = useIsNarrow()
  // A phone is in somebody's hand, who scrolls.
  const shown = turnOfWall(rows, isNarrow ? rows.length : fit, now)
  return (
    <section aria-label="Needs attention" className="flex min-h-0 grow flex-col gap-4">
      <ul
        ref={box}
        className="grid min-h-0 grow auto-rows-min grid-cols-[repeat(auto-fill,minmax(min(24rem,100%),1fr))] gap-4 overflow-hidden"
      >
        {shown.rows.map((row) => (
          <Guard key={row.id} of={row.status}>
            {(retry) => (retry ? <BrokenTile row={row} /> : <WallTile row={row} isOld={isOld} />)}
          </Guard>
        ))}
      </ul>
      {shown.turns > 1 && (
        <p className="text-16 text-fg-2">
          {count(rows.length, 'tunnel')} to look at, part {shown.turn} of {shown.turns}
        </p>
      )}
    </section>
  )
}

/** How many tiles have room. */
function useFit(box: RefObject<HTMLElement | null>): number {
  const [fit, setFit] = useState(12)
  // The size of an element is outside React.
  useEffect(() => {
    if (!box.current) return
    const watch = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      const along = Math.max(1, Math.floor((width + 16) / tile.width))
      setFit(along * Math.max(1, Math.floor((height + 16) / tile.height)))
    })
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [box])
  return fit
}

function AllWell({ total, isOld }: { total: number; isOld: boolean }) {
  const { tone, shape } = stateLook('up', isOld)
  return (
    <div className="flex grow flex-col items-center justify-center gap-6">
      <span className={cx('inline-flex', toneFill[tone])}>
        <StateShape shape={shape} size={96} />
      </span>
      <p className="text-center text-[2rem] leading-tight font-semibold">
        {isOld ? 'All was well when last heard of' : total === 0 ? 'There are no tunnels' : 'Nothing needs attention'}
      </p>
    </div>
  )
}
