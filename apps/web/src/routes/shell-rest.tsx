import { LeftWriteCards } from '../features/tunnel-editing/write/left-write-cards.tsx'
import { TunnelCommands } from '../features/tunnels/tunnel-commands.tsx'
import { AccountCommands } from './account-commands.tsx'
import { KeyCommands } from './key-commands.tsx'
import { ManyCommands } from './many-commands.tsx'

/** What stands around every page and shows nothing yet: the commands, and what becomes of writes that were left. */
export function ShellRest() {
  return (
    <>
      <LeftWriteCards />
      <TunnelCommands />
      <ManyCommands />
      <AccountCommands />
      <KeyCommands />
    </>
  )
}
