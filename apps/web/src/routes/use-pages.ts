import { useRouter } from '@tanstack/react-router'
import { useSession } from '../data/session.ts'
import { approvalNews } from '../lib/approval-news.ts'
import { useStore } from '../lib/store.ts'
import { pages } from './pages.ts'

/**
 * The pages that exist and that this person may see, and how much waits for them there. Approvals have a place once there
 * is something to approve, or somebody has set that there may be.
 */
export function usePages() {
  const { permissions } = useSession()
  const { routesByPath } = useRouter()
  const { isUsed, toDecide } = useStore(approvalNews)
  return pages
    .filter(({ path, permission }) => path in routesByPath && permissions.includes(permission))
    .filter(({ path }) => path !== '/approvals' || isUsed)
    .map((page) => ({ ...page, waiting: page.path === '/approvals' ? toDecide : 0 }))
}
