import { type Fleet, type FleetSite, fleetOf } from '@tunnel-console/shared/fleet'
import { type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { formatNumber, formatPercent, shortDuration } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { StateShape } from '../../../ui/state-shape.tsx'
import { useTimely } from '../../../ui/time-ago.tsx'
import { toneFill } from '../../../ui/tone.ts'
import type { Person } from '../list-looks.ts'
import { statusLook } from '../looks.ts'
import { TunnelLink } from '../tunnel-link.tsx'
import type { TunnelRow } from '../tunnel-rows.ts'
import { Glance } from './glance.tsx'
import { useNews } from './last-looked.ts'
import { NewsLine } from './news-line.tsx'

export interface OverviewProps {
  person: Person
  /** All tunnels, whatever is filtered. */
  rows: readonly TunnelRow[]
  siteOf: (name: string) => string
  /** The status is too old to be told as news. */
  isOld: boolean
  onFilter: (query: string) => void
}

const toldAtMost = 5

/** The fleet at a glance: one quiet line while all is well; else what hangs by a thread, and what is worst. */
export function Overview({ person, rows, siteOf, onFilter, ...given }: OverviewProps) {
  // The rows come a moment later than the word that they are fresh again.
  const isOld = given.isOld || rows[0]?.isOld === true
  const fleet = useMemo(
    () =>
      fleetOf(
        rows.map(({ tunnel, status }) => ({ id: tunnel.id, name: tunnel.name, status })),
        siteOf,
      ),
    [rows, siteOf],
  )
  const { news, dismiss } = useNews(person, rows, isOld)
  const [isOpen, setOpen] = useState(false)
  const panelId = useId()
  const section = useRef<HTMLElement>(null)
  const putAway = () => {
    dismiss()
    // The button that was pressed is gone.
    section.current?.focus()
  }
  const hasTrouble = fleet.worst.length + fleet.oneLeft.length + fleet.noneLeft.length > 0
  return (
    <section ref={section} tabIndex={-1} aria-label="Overview" className="text-13 text-fg-2 outline-none">
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
        <Glance fleet={fleet} isOld={isOld} />
        {hasTrouble && !isOld && (
          <Button
            size="small"
            kind="ghost"
            aria-expanded={isOpen}
            aria-controls={isOpen ? panelId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide details' : 'Details'}
          </Button>
        )}
        {news && <NewsLine news={news} onDismiss={putAway} />}
      </div>
      {isOpen && hasTrouble && !isOld && (
        <div
          id={panelId}
          className="mt-2 grid gap-x-10 gap-y-4 border-y border-line bg-surface px-4 py-3 md:grid-cols-3"
        >
          <Worst fleet={fleet} rows={rows} />
          <Sites title="Sites with one leg left" sites={fleet.oneLeft} onFilter={onFilter} />
          <Sites title="Sites with nothing up" sites={fleet.noneLeft} onFilter={onFilter} />
        </div>
      )}
    </section>
  )
}

function Part({ title, total, children }: { title: string; total: number; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h2 className="mb-1 text-13 font-semibold text-fg">
        {title} <span className="nums font-normal text-fg-3">{formatNumber(total)}</span>
      </h2>
      {total === 0 ? <p className="text-fg-3">None</p> : <ul>{children}</ul>}
      {total > toldAtMost && <p className="text-fg-3">and {formatNumber(total - toldAtMost)} more</p>}
    </div>
  )
}

function Worst({ fleet: { worst }, rows }: { fleet: Fleet; rows: readonly TunnelRow[] }) {
  const told = worst.slice(0, toldAtMost)
  const shown = told.flatMap(({ id }) => rows.find(({ tunnel }) => tunnel.id === id) ?? [])
  return (
    <Part title="Worst" total={worst.length}>
      {shown.map((row) => (
        <WorstRow key={row.tunnel.id} row={row} />
      ))}
    </Part>
  )
}

function WorstRow({ row: { tunnel, status } }: { row: TunnelRow }) {
  const look = statusLook(status)
  const since = status.since
  const age = useTimely((now) =>
    since === null
      ? ''
      : ` for ${status.isSinceExact ? '' : '≥ '}${shortDuration((now.getTime() - Date.parse(since)) / 1000)}`,
  )
  const share = status.affected?.share ?? 0
  return (
    <li className="flex min-h-6 flex-wrap items-center gap-x-2">
      <span className={`inline-flex ${toneFill[look.tone]}`}>
        <StateShape shape={look.shape} />
      </span>
      <TunnelLink tunnel={tunnel} />
      <span>{`${look.word.toLowerCase()}${age}${share > 0 ? `, ${formatPercent(share)} of its traffic` : ''}`}</span>
    </li>
  )
}

function Sites(props: { title: string; sites: readonly FleetSite[]; onFilter: (query: string) => void }) {
  return (
    <Part title={props.title} total={props.sites.length}>
      {props.sites.slice(0, toldAtMost).map(({ site, up, others }) => (
        <li key={site} className="flex min-h-6 flex-wrap items-center gap-x-2">
          <button
            type="button"
            onClick={() => props.onFilter(`site:"${site}"`)}
            className="min-h-6 rounded-s text-14 font-medium text-fg underline decoration-dotted underline-offset-3 [overflow-wrap:anywhere]"
          >
            {site}
          </button>
          <span className="[overflow-wrap:anywhere]">
            {up.length > 0 ? `only ${up.join(', ')} is up` : `${others.join(', ')} not up`}
          </span>
        </li>
      ))}
    </Part>
  )
}
