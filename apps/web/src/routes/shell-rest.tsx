import { useEffect } from 'react'
import { useCan, useSession } from '../data/session.ts'
import { SessionWatch } from '../features/session/session-watch.tsx'
import { LeftWriteCards } from '../features/tunnel-editing/write/left-write-cards.tsx'
import { TunnelCommands } from '../features/tunnels/tunnel-commands.tsx'
import { store } from '../lib/theme.ts'
import { AccountCommands } from './account-commands.tsx'
import { BundleSlot } from './bundle-slot.tsx'
import { KeyCommands } from './key-commands.tsx'
import { ManyCommands } from './many-commands.tsx'
import { SettingsCommands } from './settings-commands.tsx'

/**
 * What stands around every page and shows nothing yet: who watches over the session, the commands,
 * and what becomes of writes that were left.
 */
export function ShellRest() {
  useRememberFrame()
  return (
    <>
      <SessionWatch />
      <LeftWriteCards />
      <TunnelCommands />
      <ManyCommands />
      <AccountCommands />
      <SettingsCommands />
      <KeyCommands />
      <BundleSlot />
    </>
  )
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

export { RunningJob } from '../features/jobs/running-job.tsx'
export { RoleNotice } from '../features/session/role-notice.tsx'
export { ManyBar } from './many-bar.tsx'
export { UndoSlot } from './undo-slot.tsx'
