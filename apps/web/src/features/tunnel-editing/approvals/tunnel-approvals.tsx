import type { ApprovalEntry } from '@tunnel-console/shared/approvals'
import { useApprovals } from '../../../data/approvals.ts'
import { useSession } from '../../../data/session.ts'
import { createStore, useStore } from '../../../lib/store.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { LinkButton } from '../../../ui/link-button.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { endText, fieldsText, stateLooks } from './words.ts'

/** Those whose end was read here: they are in History all the same. */
const read = createStore<readonly string[]>([])

/** On a tunnel's page: what of it waits for a second person, and to whoever asked, how their last wish ended. */
export function TunnelApprovals({ id }: { id: string }) {
  const self = useSession().user.id
  const all = (useApprovals() ?? []).filter(({ tunnelId }) => tunnelId === id)
  const isRead = useStore(read)
  const waiting = all.filter(({ state }) => state === 'waiting' || state === 'applying')
  const ended = all.find(({ state, by }) => by.id === self && state !== 'withdrawn')
  const news = ended && !waiting.includes(ended) && !isRead.includes(ended.id) ? ended : null
  if (waiting.length === 0 && !news) return null
  return (
    <div className="mb-4 flex flex-col gap-2">
      {waiting.map((entry) => (
        <Waiting key={entry.id} entry={entry} isOwn={entry.by.id === self} />
      ))}
      {news && <Ended entry={news} />}
    </div>
  )
}

function Waiting({ entry, isOwn }: { entry: ApprovalEntry; isOwn: boolean }) {
  const isApplying = entry.state === 'applying'
  return (
    <Banner
      role="status"
      title={isApplying ? stateLooks.applying[0] : 'Waiting for approval'}
      actions={
        <LinkButton to="/approvals" search={{ id: entry.id }} size="small">
          {isOwn || isApplying ? 'Details' : 'Review'}
        </LinkButton>
      }
    >
      {isOwn ? 'You' : entry.by.email} asked <TimeAgo at={entry.askedAt} /> to change: {fieldsText(entry)}.{' '}
      {isApplying ? endText(entry) : (entry.why ?? 'Nothing has been changed.')}
    </Banner>
  )
}

const bad: ReadonlySet<ApprovalEntry['state']> = new Set(['declined', 'failed', 'unknown', 'lapsed'])

function Ended({ entry }: { entry: ApprovalEntry }) {
  const [word] = stateLooks[entry.state]
  return (
    <Banner
      kind={bad.has(entry.state) ? 'warning' : 'info'}
      role="status"
      title={`Your change (${fieldsText(entry)}): ${word.toLowerCase()}`}
      actions={
        <>
          <LinkButton to="/approvals" search={{ id: entry.id }} size="small">
            Details
          </LinkButton>
          <Button size="small" onClick={() => read.set((ids) => [...ids, entry.id])}>
            Dismiss
          </Button>
        </>
      }
    >
      {endText(entry)}
    </Banner>
  )
}
