import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import type { ReactNode } from 'react'
import { cx } from '../../../lib/cx.ts'
import { Nothing } from '../../../ui/address.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { actorWord, actSentence, outcomes } from '../words.ts'
import type { LaneEntry } from './lanes.ts'
import { fieldsOf } from './words.ts'

interface ChangesTableProps {
  /** The newest first. */
  changes: readonly LaneEntry[]
  selected: string | undefined
}

/** The id of the link to an entry, for the focus to go to. */
export const entryLinkId = (id: string) => `entry-${id}`

/** The same changes as on the time axis, in words. */
export function ChangesTable({ changes, selected }: ChangesTableProps) {
  return (
    <table className="w-full border-y border-line bg-surface text-13 max-md:block">
      <caption className="sr-only">Changes</caption>
      <thead className="max-md:sr-only">
        <tr className="border-b border-line text-left text-12 text-fg-3">
          {['Time', 'Who', 'What', 'Tunnel', 'Entry'].map((head) => (
            <th key={head} scope="col" className="h-row-head px-cell font-medium">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {changes.map(({ entry }) => (
          <Row key={entry.id} entry={entry} isSelected={entry.id === selected} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ entry, isSelected }: { entry: AuditEntry; isSelected: boolean }) {
  const { id, at, actor, target, outcome } = entry
  const fields = fieldsOf(entry)
  return (
    <tr
      className={cx(
        'border-b border-line last:border-0 max-md:flex max-md:flex-wrap max-md:gap-x-3 max-md:gap-y-1 max-md:px-3 max-md:py-2',
        isSelected ? 'bg-establishing-bg' : 'hover:bg-canvas',
      )}
    >
      <Cell isWide>
        <TimeAgo at={at} />
        <span className="nums block text-12 whitespace-nowrap text-fg-2 max-md:inline max-md:before:content-['_']">
          {at.slice(0, 19).replace('T', ' ')} UTC
        </span>
      </Cell>
      <Cell isWide>{actorWord(actor.email)}</Cell>
      <Cell>
        <span className="font-medium">{actSentence(entry)}</span>
        {fields && <span className="text-fg-2"> {fields}</span>}
        {outcome !== 'applied' && (
          <span className="ml-2">
            <Badge tone={outcomes[outcome]?.tone}>{outcomes[outcome]?.word ?? outcome}</Badge>
          </span>
        )}
      </Cell>
      <Cell>
        <Target target={target} />
      </Cell>
      <Cell>
        <TextLink
          id={entryLinkId(id)}
          to="/audit"
          search={{ entry: id }}
          aria-label={`Audit entry: ${actSentence(entry)}${target ? ` ${target.name}` : ''}`}
        >
          Entry
        </TextLink>
      </Cell>
    </tr>
  )
}

/** On a phone the cells flow; a wide one has a line of its own. */
function Cell({ children, isWide = false }: { children: ReactNode; isWide?: boolean }) {
  return (
    <td
      className={cx(
        'px-cell py-2 align-middle [overflow-wrap:anywhere] max-md:block max-md:p-0',
        isWide && 'max-md:w-full',
      )}
    >
      {children}
    </td>
  )
}

function Target({ target }: Pick<AuditEntry, 'target'>) {
  if (!target) return <Nothing words="no tunnel" />
  if (!isTunnelId(target.id)) return target.name
  return (
    <Link
      to="/tunnels/$id"
      params={{ id: target.id }}
      className="rounded-s font-medium hover:underline focus-visible:underline"
    >
      {target.name || target.id}
    </Link>
  )
}
