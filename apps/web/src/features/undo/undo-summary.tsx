import { ChevronDown, ChevronUp } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { countdown } from '../../lib/countdown.ts'
import { count } from '../../lib/format.ts'
import { Banner, type BannerKind } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useTimely } from '../../ui/time-ago.tsx'
import { leftMs, type UndoGroup } from './undo-groups.ts'
import { endedBadly, isWorse, type Statuses } from './undo-words.ts'

interface UndoSummaryProps {
  /** What counts down first. */
  groups: readonly UndoGroup[]
  statuses: Statuses
  isFolding: boolean
  /** The strips themselves. They stay what they are while they are folded: they tell what happens, and may hold the focus. */
  children: ReactNode
}

/** On a phone, several strips as one that unfolds: two would fill a third of the screen. */
export function UndoSummary({ groups, statuses, isFolding, children }: UndoSummaryProps) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const Icon = isOpen ? ChevronUp : ChevronDown
  const toggle = (
    <Button
      size="small"
      kind="ghost"
      className="text-current!"
      aria-expanded={isOpen}
      aria-controls={id}
      icon={<Icon aria-hidden size={16} />}
      onClick={() => setOpen(!isOpen)}
    >
      {isOpen ? 'Fold' : 'Show'}
    </Button>
  )
  return (
    <>
      {isFolding && (
        <section aria-label="Changes that undo themselves" className="border-t border-line">
          <Banner isStrip kind={kindOf(groups, statuses)} title={<Words groups={groups} />} actions={toggle} />
        </section>
      )}
      <div id={id} hidden={isFolding && !isOpen}>
        {children}
      </div>
    </>
  )
}

function kindOf(groups: readonly UndoGroup[], statuses: Statuses): BannerKind {
  const isBad = (group: UndoGroup) =>
    group.stage === 'ended' ? endedBadly(group) : group.entries.some((entry) => isWorse(entry, statuses))
  if (groups.some(isBad)) return 'danger'
  return groups.some(({ stage }) => stage !== 'ended') ? 'warning' : 'info'
}

/** "2 changes can be undone, the next for 4:32. 1 more has ended. 1 could not be undone." */
function Words({ groups }: { groups: readonly UndoGroup[] }) {
  const open = groups.filter(({ stage }) => stage !== 'ended')
  const counting = open.find(({ stage }) => stage === 'counting')
  const left = useTimely((now) => counting && countdown(leftMs(counting, now)))
  const ended = groups.length - open.length
  const bad = groups.filter((group) => group.stage === 'ended' && endedBadly(group)).length
  // Folded, its colour alone would tell.
  const notUndone = bad > 0 && ` ${bad} could not be undone.`
  if (open.length === 0) return `${count(ended, 'change')} that could undo themselves have ended.${notUndone || ''}`
  const more = ended > 0 && ` ${ended} more ${ended === 1 ? 'has' : 'have'} ended.`
  return (
    <>
      {count(open.length, 'change')} can be undone
      {left !== undefined && (
        <>
          , the next for <span className="nums">{left}</span>
        </>
      )}
      .{more}
      {notUndone}
    </>
  )
}
