import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useCan } from '../data/session.ts'
import { isFoundBy, registerCommands } from '../lib/commands.ts'

/** Puts what concerns the keys of many tunnels into the command palette. Draws nothing. */
export function KeyCommands() {
  const router = useRouter()
  const isAllowed = useCan('psk.bulkSet')
  // The palette is a store outside React.
  useEffect(() => {
    if (!isAllowed) return
    const rotate = {
      id: 'rotate-keys',
      label: 'Rotate keys',
      group: 'Tunnels',
      keywords: 'psk pre-shared many old age',
      run: () => void router.navigate({ to: '/tunnels/keys' }),
    }
    return registerCommands((query) => (query !== '' && isFoundBy(rotate, query) ? [rotate] : []))
  }, [router, isAllowed])
  return null
}
