import { diffDrafts } from '@tunnel-console/shared/diff'
import { draftOf } from '@tunnel-console/shared/draft'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { keyAfterRestore, restored, type Snapshot } from '@tunnel-console/shared/versions'
import { exactTime } from '../../lib/exact-times.ts'
import { useStore } from '../../lib/store.ts'
import { timesInUtc } from '../../lib/times-in-utc.ts'
import { Banner } from '../../ui/banner.tsx'
import { authorWord } from './words.ts'

const keyWords: Record<ReturnType<typeof keyAfterRestore>, string> = {
  none: '',
  stays: ' The MD5 key stays as it is now: a version does not hold keys.',
  extra: ' That version had no MD5 key. The one of now stays unless you clear it.',
  missing:
    ' That version had an MD5 key, which a version does not hold: enter the key of the device under BGP, or its session will not come up.',
}

/** Over an edit that starts with a former version: which one, that nothing is saved yet, and what cannot come back. */
export function RestoreNote({ tunnel, former }: { tunnel: Tunnel; former: Snapshot | null }) {
  useStore(timesInUtc)
  const live = draftOf(tunnel)
  const isSame = former !== null && diffDrafts(live, restored(live, former.draft)).length === 0
  return (
    <div className="mb-5">
      {isSame ? (
        <Banner title={`The tunnel is the same as the version ${sideWord(former)} ${exactTime(new Date(former.at))}`}>
          There is nothing to restore.
        </Banner>
      ) : former ? (
        <Banner title={`The form holds the version ${sideWord(former)} ${exactTime(new Date(former.at))}`}>
          Nothing is saved yet: look at what differs from the tunnel as it is now, validate and review it as ever.
          {keyWords[keyAfterRestore(live, former.draft)]}
        </Banner>
      ) : (
        <Banner kind="warning" title="That version is not kept any more">
          The form holds the tunnel as it is now.
        </Banner>
      )}
    </div>
  )
}

const sideWord = ({ side, by }: Snapshot) =>
  side === 'after' ? `that ${authorWord(by)} left at` : `before the change by ${authorWord(by)} at`
