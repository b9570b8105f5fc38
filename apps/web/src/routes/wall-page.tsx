import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { statusQuery } from '../data/status.ts'
import { namesQuery, openWall, wallQuery } from '../data/walls.ts'
import { Wall } from '../features/tunnels/wall/wall.tsx'
import { wallLink } from '../features/tunnels/wall/wall-link.ts'
import { isNewerThere } from '../lib/build.ts'
import { clockTime } from '../lib/exact-times.ts'
import { keepAwake } from '../lib/keep-awake.ts'
import { signedOut } from '../lib/signed-out.ts'
import { useStore } from '../lib/store.ts'
import { useFocusHeading } from '../lib/use-focus-heading.ts'
import { useLastError } from '../lib/use-last-error.ts'
import { useTask } from '../lib/use-task.ts'
import { Banner } from '../ui/banner.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Logo } from '../ui/logo.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { TimeAgo, useTimely } from '../ui/time-ago.tsx'
import { takeNewer } from './follow-build.ts'

/** The wall: needs no hand from the first look on. It wakes, finds its way back and takes newer versions by itself. */
export function WallPage() {
  const opening = useOpening()
  useKeptAlive()
  const wall = useQuery(wallQuery())
  const status = useQuery(statusQuery())
  const names = useQuery(namesQuery())
  const failure = useLastError(status)
  const isRefused = wall.error?.problem.status === 401
  return (
    <Frame account={wall.data?.account} fetchedAt={status.data?.fetchedAt}>
      {opening.problem && <ErrorPanel problem={opening.problem} isAlert />}
      {isRefused && !opening.isBusy && <NotSignedIn />}
      {!isRefused && failure && status.data && (
        <p className="rounded-l bg-degraded-bg px-5 py-3 text-20 text-degraded-fg max-md:text-14">
          <strong className="font-semibold">The console does not answer. Trying again.</strong> What is shown is from{' '}
          <TimeAgo at={status.data.fetchedAt} />.
        </p>
      )}
      {!isRefused && status.data && names.data && (
        <Wall status={status.data.body} names={names.data.body.names} fetchedAt={status.data.fetchedAt} />
      )}
      {!isRefused && !status.data && !failure && <SkeletonRows label="Loading the states" rows={4} />}
      {!isRefused && !status.data && failure && <ErrorPanel problem={failure.problem} />}
    </Frame>
  )
}

/** A screen that was just given its link exchanges it, once. */
function useOpening() {
  const client = useQueryClient()
  const task = useTask()
  const hasLink = useStore(wallLink) !== null
  // The link comes from the address, which is outside React.
  useEffect(() => {
    const link = wallLink.get()
    if (!hasLink || link === null) return
    wallLink.set(null)
    void task.run(
      () => openWall(link),
      () => void client.resetQueries(),
    )
  }, [hasLink, client, task])
  return task
}

function useKeptAlive(): void {
  const isNewer = useStore(isNewerThere)
  const isOut = useStore(signedOut)
  useEffect(keepAwake, [])
  useEffect(() => {
    if (isNewer) takeNewer()
  }, [isNewer])
  useEffect(() => {
    // That nobody is signed in is told here, and leads nowhere.
    if (isOut) signedOut.set(false)
  }, [isOut])
}

function NotSignedIn() {
  return (
    <Banner
      kind="info"
      title="This screen is not let in"
      actions={
        <LinkButton to="/sign-in" search={{ from: '/wall' }} size="small">
          Sign in
        </LinkButton>
      }
    >
      An administrator makes a link for it under Settings, Wall screens. Open that link here. It may also have been
      revoked there. Whoever is signed in sees the wall without a link.
    </Banner>
  )
}

interface FrameProps {
  account: string | undefined
  fetchedAt: string | undefined
  children: ReactNode
}

function Frame({ account, fetchedAt, children }: FrameProps) {
  const heading = useFocusHeading('Tunnel status')
  const time = useTimely(clockTime)
  return (
    <main className="flex h-dvh flex-col gap-8 overflow-hidden px-6 py-6 max-md:h-auto max-md:min-h-dvh lg:px-10">
      <header className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2">
        <div className="flex items-baseline gap-4">
          <span className="self-center">
            <Logo size={32} />
          </span>
          <h1 ref={heading} tabIndex={-1} className="text-[2rem] leading-tight font-semibold max-md:text-24">
            Tunnel status
          </h1>
          {account && <p className="text-20 text-fg-2 max-md:text-14">{account}</p>}
        </div>
        <p className="text-20 text-fg-2 max-md:text-14">
          {fetchedAt && (
            <>
              As of <TimeAgo at={fetchedAt} />
              {' · '}
            </>
          )}
          <span className="nums text-[2rem] leading-tight font-semibold text-fg max-md:text-24">{time}</span>
        </p>
      </header>
      {children}
    </main>
  )
}
