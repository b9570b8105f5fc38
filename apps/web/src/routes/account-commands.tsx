import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSession } from '../data/session.ts'
import { viewsOf } from '../features/session/views.ts'
import { isFoundBy, registerCommands } from '../lib/commands.ts'

/** Puts what concerns people, and oneself among them, into the command palette. Draws nothing. */
export function AccountCommands() {
  const router = useRouter()
  const session = useSession()
  // The palette is a store outside React.
  useEffect(() => {
    const invite = {
      label: 'Invite somebody',
      run: () => void router.navigate({ to: '/users', search: { invite: true } }),
    }
    const sessions = { label: 'Your sessions', run: () => void router.navigate({ to: '/account', hash: 'sessions' }) }
    const password = { label: 'Change password', run: () => void router.navigate({ to: '/account', hash: 'password' }) }
    const commands = [
      ...(session.permissions.includes('user.manage') ? [invite] : []),
      sessions,
      ...(session.mode === 'live' ? [password] : []),
      ...viewsOf(session),
    ].map((command) => ({ keywords: 'people users account', ...command, id: command.label, group: 'People' }))
    return registerCommands((query) => (query === '' ? [] : commands.filter((command) => isFoundBy(command, query))))
  }, [router, session])
  return null
}
