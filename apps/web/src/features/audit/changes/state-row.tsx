import type { StateFold } from '@tunnel-console/shared/state-folds'
import type { StateChange } from '@tunnel-console/shared/status-answers'
import { useId, useState } from 'react'
import { exactTime } from '../../../lib/exact-times.ts'
import { count } from '../../../lib/format.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { stateLook } from '../../../ui/state-look.ts'
import { useNow } from '../../../ui/time-ago.tsx'
import { Cell, LinkCell, Row, rowLinkId, TimeCell } from './table-parts.tsx'
import { foldSentence, isOfOne, nameIn, nextWords, numberWords, plannedWords, whatWords } from './words.ts'

interface StateRowProps {
  fold: StateFold
  isSelected: boolean
}

/** What one tunnel did, or many at once: those unfold. */
export function StateRow({ fold, isSelected }: StateRowProps) {
  const listId = useId()
  const [isOpen, setIsOpen] = useState(false)
  const [first] = fold.changes
  if (!first) return null
  const isOne = fold.changes.length === 1
  return (
    <>
      <Row isSelected={isSelected}>
        <TimeCell at={fold.at} />
        <Cell isWide>
          <span className="text-fg-2">Status</span>
        </Cell>
        <Cell>
          <StateBadge {...stateLook(fold.to)} look="plain" />{' '}
          <span className="text-fg-2">{isOne ? oneWords(fold, first) : manyWords(fold)}</span>
          <Planned fold={fold} />
        </Cell>
        <Cell>{isOfOne(fold) ? <TunnelName change={first} /> : numberWords(fold)}</Cell>
        <LinkCell>
          {isOne ? (
            <ToTunnel change={first} id={rowLinkId(fold.id)} />
          ) : (
            <Button
              id={rowLinkId(fold.id)}
              size="small"
              aria-expanded={isOpen}
              aria-controls={isOpen ? listId : undefined}
              aria-label={`${isOpen ? 'Hide' : 'Show'} ${isOfOne(fold) ? 'each change' : 'these tunnels'}: ${foldSentence(fold)}`}
              onClick={() => setIsOpen(!isOpen)}
            >
              {isOpen ? 'Hide' : 'Show'}
            </Button>
          )}
        </LinkCell>
      </Row>
      {isOpen && (
        <tr className="border-b border-line max-md:block">
          <td colSpan={5} className="px-cell pt-2 pb-3 max-md:block max-md:px-3">
            <Unfolded id={listId} fold={fold} />
          </td>
        </tr>
      )}
    </>
  )
}

/** The badge says already what it is now. */
function oneWords(fold: StateFold, { reason }: StateChange): string {
  const then = nextWords(fold)
  return [fold.lastSeen !== null && whatWords(fold), reason, then && `Then ${then}`].filter(Boolean).join('. ')
}

/** The badge says what it is now, which is the last that came of it. */
const manyWords = (fold: StateFold) =>
  fold.flapsSince === null
    ? `${numberWords(fold)} ${whatWords(fold)}`
    : `${whatWords(fold)}. ${fold.changes.at(-1)?.reason ?? ''}`

/** So many are in the page at first. */
const mostShown = 50

/** Each change of it: of many tunnels by name, of one that flaps by state and the newest first. */
function Unfolded({ id, fold }: { id: string; fold: StateFold }) {
  const isOne = isOfOne(fold)
  const changes = isOne ? fold.changes.toReversed() : fold.changes
  const [showsAll, setShowsAll] = useState(false)
  useStore(timesInUtc)
  const shown = showsAll ? changes : changes.slice(0, mostShown)
  return (
    <div id={id}>
      <ul
        aria-label={isOne ? 'Changes' : 'Tunnels'}
        className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))] gap-x-6 gap-y-1"
      >
        {shown.map((change) => (
          <li key={`${change.tunnelId} ${change.at}`} className="min-w-0 [overflow-wrap:anywhere]">
            {isOne ? <StateBadge {...stateLook(change.to)} look="plain" /> : <TunnelName change={change} />}{' '}
            <span className="nums text-fg-2">
              {exactTime(new Date(change.at))}
              {change.reason && `. ${change.reason}`}
            </span>
            {change.planned !== null && <PlannedBadge words={`Planned: ${change.planned}`} />}
          </li>
        ))}
      </ul>
      {changes.length > shown.length && (
        <Button size="small" className="mt-2" onClick={() => setShowsAll(true)}>
          Show all {count(changes.length, isOne ? 'change' : 'tunnel')}
        </Button>
      )}
    </div>
  )
}

function Planned({ fold }: { fold: StateFold }) {
  if (fold.planned === 0) return null
  const [only] = fold.changes.length === 1 ? fold.changes : []
  return <PlannedBadge words={only ? `Planned: ${only.planned}` : plannedWords(fold)} />
}

/** The note of a person may be long. */
function PlannedBadge({ words }: { words: string }) {
  return (
    <span className="ml-2 inline-block max-w-full align-middle [&>span]:whitespace-normal">
      <Badge>{words}</Badge>
    </span>
  )
}

function TunnelName({ change }: { change: StateChange }) {
  const search = useRangeOf(change)
  if (change.name === '') return nameIn(change)
  return (
    <TextLink to="/tunnels/$id" params={{ id: change.tunnelId }} search={search}>
      {change.name}
    </TextLink>
  )
}

function ToTunnel({ change, id }: { change: StateChange; id: string }) {
  const look = { id, to: '/tunnels/$id', params: { id: change.tunnelId }, search: useRangeOf(change) } as const
  return (
    <TextLink {...look} aria-label={`History of ${nameIn(change)}`}>
      History
    </TextLink>
  )
}

const dayMs = 24 * 3_600_000

/** How far back the tunnel's page must show its history, so that this is on it. */
function useRangeOf({ at }: StateChange): { range?: '7d' | '90d' } {
  const age = useNow().getTime() - Date.parse(at)
  return age < dayMs ? {} : { range: age < 7 * dayMs ? '7d' : '90d' }
}
