import { useRouter } from '@tanstack/react-router'
import { useSession } from '../data/session.ts'
import { pages } from './pages.ts'

/** The pages that exist and that this person may see. */
export function usePages() {
  const { permissions } = useSession()
  const { routesByPath } = useRouter()
  return pages.filter(({ path, permission }) => path in routesByPath && permissions.includes(permission))
}
