import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { Nothing } from '../../../ui/address.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { actorWord, actSentence, outcomes } from '../words.ts'
import type { LaneItem } from './lanes.ts'
import { StateRow } from './state-row.tsx'
import { Cell, LinkCell, Row, rowLinkId, TimeCell } from './table-parts.tsx'
import { fieldsOf } from './words.ts'

interface ChangesTableProps {
  /** The newest first. */
  items: readonly LaneItem[]
  selected: string | undefined
}

/** The same as on the time axis, in words. */
export function ChangesTable({ items, selected }: ChangesTableProps) {
  return (
    <table className="w-full border-y border-line bg-surface text-13 max-md:block">
      <caption className="sr-only">Changes</caption>
      <thead className="max-md:sr-only">
        <tr className="border-b border-line text-left text-12 text-fg-3">
          {['Time', 'Who', 'What', 'Tunnel', 'More'].map((head) => (
            <th key={head} scope="col" className="h-row-head px-cell font-medium">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {items.map((item) =>
          item.lane === 'status' ? (
            <StateRow key={item.id} fold={item.fold} isSelected={item.id === selected} />
          ) : (
            <EntryRow key={item.id} entry={item.entry} isSelected={item.id === selected} />
          ),
        )}
      </tbody>
    </table>
  )
}

function EntryRow({ entry, isSelected }: { entry: AuditEntry; isSelected: boolean }) {
  const { id, at, actor, target, outcome } = entry
  const fields = fieldsOf(entry)
  return (
    <Row isSelected={isSelected}>
      <TimeCell at={at} />
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
      <LinkCell>
        <TextLink
          id={rowLinkId(id)}
          to="/audit"
          search={{ entry: id }}
          aria-label={`Audit entry: ${actSentence(entry)}${target ? ` ${target.name}` : ''}`}
        >
          Entry
        </TextLink>
      </LinkCell>
    </Row>
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
