import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useCan } from '../data/session.ts'
import { isFoundBy, registerCommands } from '../lib/commands.ts'

/** Puts the connection, a page below Settings, into the command palette of whoever may see it. Draws nothing. */
export function SettingsCommands() {
  const router = useRouter()
  const canManage = useCan('settings.manage')
  // The palette is a store outside React.
  useEffect(() => {
    if (!canManage) return
    const connection = {
      id: '/settings/connection',
      label: 'Connection',
      hint: 'Settings',
      group: 'Pages',
      keywords: 'settings cloudflare api token permissions limits',
      run: () => void router.navigate({ to: '/settings/connection' }),
    }
    return registerCommands((query) => (query !== '' && isFoundBy(connection, query) ? [connection] : []))
  }, [router, canManage])
  return null
}
