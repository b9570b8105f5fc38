import { useQuery } from '@tanstack/react-query'
import type { TunnelVersion } from '@tunnel-console/shared/api'
import { useCan, useSession } from '../../data/session.ts'
import { isOldAt, statusQuery } from '../../data/status.ts'
import { versionsQuery } from '../../data/versions.ts'
import { countdown } from '../../lib/countdown.ts'
import { clockNoiseMs, serverAhead } from '../../lib/server-clock.ts'
import { useStore } from '../../lib/store.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { useTimely } from '../../ui/time-ago.tsx'
import { isWorse, standingWords } from './undo-words.ts'
import { stopWatching, type WatchedChange, watchedChange, watchMs } from './watched-change.ts'

/** For five minutes after a change of high risk of this person's: how the tunnel did and does, and the way back. */
export function WatchStrip({ id }: { id: string }) {
  const { email } = useSession().user
  const change = useStore(watchedChange)
  const isOn = useTimely((now) => change?.tunnelId === id && change.by === email && leftMs(change, now) > 0)
  return change && isOn ? <Watching change={change} /> : null
}

function Watching({ change }: { change: WatchedChange }) {
  const left = useTimely((now) => countdown(leftMs(change, now)))
  const { data } = useQuery(statusQuery())
  const isOld = useTimely((now) => isOldAt(data?.fetchedAt, now))
  const statuses = data && !isOld ? data.body.statuses : null
  const worse = isWorse(change, statuses)
  return (
    <section aria-label="After your change" className="mb-4">
      <Banner
        isWordy
        kind={worse ? 'danger' : 'info'}
        title={worse ? 'The tunnel does worse than before your change' : 'You just made a change of high risk'}
        actions={
          <>
            <RestorePrevious change={change} />
            <Button size="small" kind="ghost" className="text-current!" onClick={stopWatching}>
              Dismiss
            </Button>
          </>
        }
      >
        {standingWords([change], statuses)} Watched for another <span className="nums">{left}</span>.
      </Banner>
    </section>
  )
}

/** The way to the edit with the former values in the form; nothing is written by it. */
function RestorePrevious({ change }: { change: WatchedChange }) {
  const { tunnelId } = change
  const mayEdit = useCan('tunnel.update')
  // The newest comes first, and the person may have made others since.
  const seq = useQuery({ ...versionsQuery(tunnelId), enabled: mayEdit }).data?.findLast(isOf(change))?.seq
  if (seq === undefined) return null
  return (
    <LinkButton size="small" to="/tunnels/$id/edit" params={{ id: tunnelId }} search={{ restore: seq, side: 'before' }}>
      Restore previous version
    </LinkButton>
  )
}

/** Whether a version can be what this change left; the oldest such is. The two clocks may be a little apart. */
const isOf =
  (change: WatchedChange) =>
  ({ by, at, before }: TunnelVersion) =>
    by === change.by && before !== null && Date.parse(at) >= change.sentAt - clockNoiseMs

const leftMs = ({ at }: WatchedChange, now: Date) => at + watchMs - now.getTime() - serverAhead()
