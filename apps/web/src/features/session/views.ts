import type { SessionAnswer } from '@tunnel-console/shared/api'
import { here, look } from '../../lib/view-as.ts'

export interface View {
  label: string
  run: () => void
}

/** Through whose eyes this person can look: an administrator through those of support, and back. */
export function viewsOf({ user, viewingAs }: Pick<SessionAnswer, 'user' | 'viewingAs'>): View[] {
  if (viewingAs !== null) return [{ label: 'Back to Admin', run: () => look(null, here()) }]
  if (user.role !== 'admin') return []
  return [{ label: 'View as Support', run: () => look('support', pageOfSupport()) }]
}

/** The page that one is on, if support has it as well. */
function pageOfSupport(): string {
  return /^\/tunnels(\/[0-9a-f]{32})?$/.test(location.pathname) ? here() : '/tunnels'
}
