import { Link, Outlet, useMatches } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useSession } from '../data/session.ts'
import { SandboxBanner } from '../features/sandbox/sandbox-banner.tsx'
import { ViewAsSlot } from '../features/session/view-as-slot.tsx'
import { formatNumber } from '../lib/format.ts'
import { Logo } from '../ui/logo.tsx'
import { ConsoleStrips } from './console-strips.tsx'
import { ShellKeys } from './shell-keys.tsx'
import { RoleNotice, RunningJob, ShellRest, UndoSlot, useShellRest } from './shell-rest-slot.tsx'
import { useActiveInSight } from './use-active-in-sight.ts'
import { usePages } from './use-pages.ts'
import { UserMenuSlot } from './user-menu-slot.tsx'

/** What stands around every page. */
export function Shell() {
  // Where the frame that the page came with still stands there, this one is drawn in slices, which what the router sets off is not.
  const isTurn = useDeferredValue(true, !globalThis.document?.getElementById('start'))
  return isTurn && <Frame />
}

function Frame() {
  const session = useSession()
  useShellRest()
  const pageNeeds = useMatches({ select: (matches) => matches.at(-1)?.staticData.needs })
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#main" className={skipClass}>
        Skip to content
      </a>
      <ConsoleStrips />
      {session.mode === 'sandbox' && <SandboxBanner canReset={session.permissions.includes('settings.manage')} />}
      <ViewAsSlot />
      <RoleNotice pageNeeds={pageNeeds} />
      <UndoSlot />
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex min-h-13 max-w-[90rem] flex-wrap items-center gap-x-6 px-4 md:px-gutter">
          <Link to="/" className="flex min-h-11 items-center gap-2.5 rounded-s font-semibold">
            <Logo />
            <span>Tunnel Console</span>
          </Link>
          <Navigation />
          <div className="group/right ml-auto flex min-h-11 min-w-0 items-center gap-2">
            <RunningJob />
            {/* It gives way to a job that runs, so that the header stays one line. */}
            <span
              className="hidden max-w-56 truncate px-1 text-13 text-fg-3 lg:block max-[96rem]:group-has-data-job/right:hidden"
              title={session.account.id}
            >
              {session.account.name}
            </span>
            <ShellKeys />
            <UserMenuSlot />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[90rem] px-4 py-6 outline-none md:px-gutter">
        <Outlet />
      </main>
      <ShellRest />
    </div>
  )
}

const skipClass =
  'absolute top-2 left-2 z-60 -translate-y-24 rounded-m bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0'

function Navigation() {
  const pages = usePages()
  const row = useActiveInSight()
  return (
    <nav
      ref={row}
      aria-label="Main"
      className="order-last -mx-2 flex w-full overflow-x-auto md:order-none md:mx-0 md:w-auto"
    >
      {pages.map(({ path, label, waiting }) => (
        <Link
          key={path}
          to={path}
          className="focus-inset -mb-px flex min-h-11 shrink-0 items-center border-b-2 border-transparent px-2.5 text-14 whitespace-nowrap text-fg-2 hover:text-fg md:min-h-13 md:max-[96rem]:px-2 forced-colors:border-[Canvas]"
          activeProps={{ className: 'border-accent! font-medium text-fg! forced-colors:border-[Highlight]!' }}
        >
          {label}
          {waiting > 0 && <WaitingCount number={waiting} />}
        </Link>
      ))}
    </nav>
  )
}

/** How much waits on a page for this person. Holds what is only heard: past the edge of a narrow screen it would widen the page. */
function WaitingCount({ number }: { number: number }) {
  return (
    <span className="nums relative ml-1.5 rounded-full bg-accent px-1.5 text-12 font-medium text-on-accent">
      {formatNumber(number)}
      <span className="sr-only"> waiting for you</span>
    </span>
  )
}
