import { useEffect } from 'react'
import { useTellApprovalNews } from '../data/approvals.ts'
import { useCan, useSession } from '../data/session.ts'
import { RunningJob as Job } from '../features/jobs/running-job.tsx'
import { RoleNotice as Notice } from '../features/session/role-notice.tsx'
import { SessionWatch } from '../features/session/session-watch.tsx'
import { LeftWriteCards } from '../features/tunnel-editing/write/left-write-cards.tsx'
import { TunnelCommands } from '../features/tunnels/tunnel-commands.tsx'
import { store } from '../lib/theme.ts'
import { Guard } from '../ui/guard.tsx'
import { Guarded, guarded } from '../ui/guarded.tsx'
import { loadAllParts } from '../ui/load-all-parts.ts'
import { AccountCommands } from './account-commands.tsx'
import { BundleSlot } from './bundle-slot.tsx'
import { KeyCommands } from './key-commands.tsx'
import { ManyBar as Bar } from './many-bar.tsx'
import { ManyCommands } from './many-commands.tsx'
import { SettingsCommands } from './settings-commands.tsx'
import { UndoSlot as Undo } from './undo-slot.tsx'

/**
 * What stands around every page and shows nothing yet: who watches over the session, the commands,
 * and what becomes of writes that were left.
 */
export function ShellRest() {
  useRememberFrame()
  useAllPartsAtHand()
  return (
    <>
      {/* Unguarded: without it a page whose session has ended would stay. */}
      <SessionWatch />
      <Guard>{(retry) => !retry && <ApprovalNews />}</Guard>
      <Guarded name="Changes under way">
        <LeftWriteCards />
      </Guarded>
      <Guarded name="Commands">
        <TunnelCommands />
        <ManyCommands />
        <AccountCommands />
        <SettingsCommands />
        <KeyCommands />
      </Guarded>
      <Guarded name="Support bundle">
        <BundleSlot />
      </Guarded>
    </>
  )
}

function ApprovalNews() {
  useTellApprovalNews()
  return null
}

/** What the frame of the console looks like for this person, for `public/first.js` to show it at once the next time. */
function useRememberFrame(): void {
  const isSandbox = useSession().mode === 'sandbox'
  const canCreate = useCan('tunnel.create')
  // What the browser remembers is outside React.
  useEffect(
    () => store('frame', `${isSandbox ? 'sandbox' : 'live'} ${canCreate ? 'writer' : 'reader'}`),
    [isSandbox, canCreate],
  )
}

/** Not in the way of what a person does first. */
const allPartsAfterMs = 15_000

/** After the first page all others are fetched: a page that stays open for days must not miss them when it needs them. */
function useAllPartsAtHand(): void {
  // Fetching code ahead is no part of what is shown.
  useEffect(() => {
    const timer = setTimeout(() => void loadAllParts(), allPartsAfterMs)
    return () => clearTimeout(timer)
  }, [])
}

export const RunningJob = guarded('Running job', Job)
export const RoleNotice = guarded('Your role', Notice)
export const ManyBar = guarded('Selected tunnels', Bar)
export const UndoSlot = guarded('Changes that undo themselves', Undo)
