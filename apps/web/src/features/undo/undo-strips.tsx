import { useQuery } from '@tanstack/react-query'
import type { UndoEntry } from '@tunnel-console/shared/api'
import { useAnew } from '../../data/anew.ts'
import { jobsQuery } from '../../data/jobs.ts'
import { isOldAt, statusQuery } from '../../data/status.ts'
import { undosQuery } from '../../data/undos.ts'
import { count } from '../../lib/format.ts'
import { useStore } from '../../lib/store.ts'
import { useIsNarrow } from '../../lib/use-media.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useTimely } from '../../ui/time-ago.tsx'
import { dismissedUndos, dismissUndos } from './dismissed-undos.ts'
import { groupsOf, type UndoGroup } from './undo-groups.ts'
import { UndoStrip } from './undo-strip.tsx'
import { UndoSummary } from './undo-summary.tsx'
import { endedBadly } from './undo-words.ts'

/** So many good ends are told one by one; more would push the page away. What a person must see to always is. */
const mostEnded = 2

/** A strip for each change that undoes itself, and for each that did, until the person has read it. */
export function UndoStrips() {
  const undos = useQuery({ ...undosQuery(), enabled: false }).data ?? []
  // A job that is on the page tells of each of its changes whether it was taken back.
  useAnew(jobsQuery().queryKey, undos.filter(({ state }) => state === 'undone').length)
  const dismissed = useStore(dismissedUndos)
  // Of a job, each change ends by itself: what ends later has not been read with what ended before.
  const isUnread = ({ id }: UndoEntry) => !dismissed.has(id)
  const groups = groupsOf(undos).filter(({ stage, entries }) => stage !== 'ended' || entries.some(isUnread))
  const open = groups.filter(({ stage }) => stage !== 'ended')
  const ended = groups.filter(({ stage }) => stage === 'ended')
  const bad = ended.filter(endedBadly)
  const good = ended.filter((group) => !endedBadly(group))
  const statuses = useStatuses(open.length > 0)
  const isNarrow = useIsNarrow()
  return (
    <UndoSummary groups={groups} statuses={statuses} isFolding={isNarrow && groups.length > 1}>
      {[...open, ...bad, ...good.slice(0, mostEnded)].map((group) => (
        <UndoStrip key={group.id} group={group} statuses={statuses} />
      ))}
      {good.length > mostEnded && <MoreEnded groups={good.slice(mostEnded)} all={good} />}
    </UndoSummary>
  )
}

function MoreEnded({ groups, all }: { groups: readonly UndoGroup[]; all: readonly UndoGroup[] }) {
  return (
    <section aria-label="More changes that could undo themselves" className="border-t border-line">
      <Banner
        isStrip
        actions={
          <Button
            size="small"
            kind="ghost"
            className="text-current!"
            onClick={() => dismissUndos(all.flatMap(({ entries }) => entries))}
          >
            Dismiss all
          </Button>
        }
      >
        {count(groups.length, 'more change')} that could undo {groups.length === 1 ? 'itself has' : 'themselves have'}{' '}
        ended within a day.
      </Banner>
    </section>
  )
}

/** The status of now, read only while something counts down. Old news is none. */
function useStatuses(isNeeded: boolean) {
  const { data } = useQuery({ ...statusQuery(), enabled: isNeeded })
  const isOld = useTimely((now) => isOldAt(data?.fetchedAt, now))
  return data && !isOld ? data.body.statuses : null
}
