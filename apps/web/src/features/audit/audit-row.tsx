import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { cx } from '../../lib/cx.ts'
import { exactTime } from '../../lib/exact-times.ts'
import { namesText } from '../../lib/names-text.ts'
import { useStore } from '../../lib/store.ts'
import { timesInUtc } from '../../lib/times-in-utc.ts'
import { Nothing } from '../../ui/address.tsx'
import { Badge } from '../../ui/badge.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { EntryDetails } from './entry-details.tsx'
import { actorWord, actSentence, outcomes, roleWord, tellsOutcome, timesText } from './words.ts'

export interface AuditRowLook {
  /** Everything in one cell. */
  isNarrow: boolean
  hasTarget: boolean
  /** Whether a tunnel may still have a page. */
  mayExist: (id: string) => boolean
  /** Its details are open from the start. */
  isOpen: boolean
}

export function AuditRow({ entry, look }: { entry: AuditEntry; look: AuditRowLook }) {
  const [isOpen, setOpen] = useState(look.isOpen)
  const id = useId()
  const toggle = <Toggle entry={entry} isOpen={isOpen} controls={id} onToggle={() => setOpen(!isOpen)} />
  const { isNarrow, hasTarget } = look
  return (
    <>
      <tr className="hover:bg-canvas">
        {isNarrow ? (
          <Cell>
            <NarrowEntry entry={entry} look={look} toggle={toggle} />
          </Cell>
        ) : (
          <>
            <Cell className="w-9 pr-0">{toggle}</Cell>
            <Cell>
              <Time at={entry.at} />
            </Cell>
            <Cell>
              <Who actor={entry.actor} />
            </Cell>
            <Cell>
              <Action entry={entry} />
            </Cell>
            {hasTarget && (
              <Cell>
                <Target target={entry.target} look={look} />
              </Cell>
            )}
            <Cell>
              <Outcome entry={entry} />
            </Cell>
          </>
        )}
      </tr>
      {isOpen && (
        <tr id={id}>
          <td colSpan={isNarrow ? 1 : hasTarget ? 6 : 5} className="border-b border-line bg-canvas px-4 py-2 md:pl-12">
            <EntryDetails entry={entry} />
          </td>
        </tr>
      )}
    </>
  )
}

function Cell({ children, className }: { children: ReactNode; className?: string }) {
  return <td className={cx('border-b border-line px-cell py-2 align-middle', className)}>{children}</td>
}

interface ToggleProps {
  entry: AuditEntry
  isOpen: boolean
  controls: string
  onToggle: () => void
}

function Toggle({ entry, isOpen, controls, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      aria-label={`Details of ${actSentence(entry)}${entry.target ? ` ${entry.target.name}` : ''}`}
      onClick={onToggle}
      className="inline-flex size-7 items-center justify-center rounded-s text-fg-3 hover:bg-sunken hover:text-fg pointer-coarse:size-11"
    >
      <ChevronRight aria-hidden size={16} className={isOpen ? 'rotate-90' : undefined} />
    </button>
  )
}

function NarrowEntry({ entry, look, toggle }: { entry: AuditEntry; look: AuditRowLook; toggle: ReactNode }) {
  return (
    <div className="flex items-start gap-2">
      <span className="-ml-2">{toggle}</span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <Action entry={entry} />
          <Outcome entry={entry} />
        </span>
        {look.hasTarget && entry.target && !isNamed(entry) && <Target target={entry.target} look={look} />}
        <span className="flex flex-wrap justify-between gap-x-3 text-12 text-fg-3">
          <span className="[overflow-wrap:anywhere]">{actorWord(entry.actor.email)}</span>
          <TimeAgo at={entry.at} />
        </span>
      </div>
    </div>
  )
}

function Time({ at }: { at: string }) {
  useStore(timesInUtc)
  return (
    <>
      <TimeAgo at={at} />
      <span className="nums block text-12 whitespace-nowrap text-fg-3">{exactTime(new Date(at))}</span>
    </>
  )
}

function Who({ actor }: Pick<AuditEntry, 'actor'>) {
  return (
    <>
      <span className="[overflow-wrap:anywhere]">{actorWord(actor.email)}</span>
      <span className="block text-12 text-fg-3">{roleWord(actor)}</span>
    </>
  )
}

function Action({ entry }: { entry: AuditEntry }) {
  const { action, validateOnly, changes, times } = entry
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <span className="font-medium">{actSentence(entry)}</span>
      {validateOnly && <Badge>dry run</Badge>}
      {changes.length > 0 && !action.startsWith('user.') && (
        <span className="text-12 text-fg-3">{namesText(changes.map(({ label }) => label))}</span>
      )}
      {times > 1 && <span className="text-12 text-fg-3">{timesText(times)}</span>}
    </span>
  )
}

/** Whether the sentence of the action names its target: what was done to people says to whom. */
const isNamed = ({ target, outcome }: AuditEntry) => target !== null && isPerson(target) && outcome === 'applied'

const isPerson = ({ id }: NonNullable<AuditEntry['target']>) => id !== null && !isTunnelId(id)

function Target({ target, look }: { target: AuditEntry['target']; look: AuditRowLook }) {
  if (!target) return <Nothing words="no target" />
  const { id, name } = target
  if (isPerson(target)) return <span className="[overflow-wrap:anywhere]">{name || id}</span>
  if (id === null || !look.mayExist(id)) {
    return (
      <span className="[overflow-wrap:anywhere]">
        {name || id} <span className="text-12 text-fg-3">{id === null ? 'never created' : 'gone'}</span>
      </span>
    )
  }
  return (
    <Link
      to="/tunnels/$id"
      params={{ id }}
      className="rounded-s font-medium decoration-1 underline-offset-3 [overflow-wrap:anywhere] hover:underline"
    >
      {name || id}
    </Link>
  )
}

function Outcome({ entry }: { entry: AuditEntry }) {
  if (!tellsOutcome(entry)) return null
  const { word, meaning, tone } = outcomes[entry.outcome] ?? {
    word: entry.outcome,
    meaning: 'Not known to this console.',
  }
  return (
    <Tooltip content={meaning}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the meaning must be reachable by keyboard */}
      <span tabIndex={0} className="rounded-s">
        <Badge tone={tone}>{word}</Badge>
      </span>
    </Tooltip>
  )
}
