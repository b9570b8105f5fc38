import type { QueryClient } from '@tanstack/react-query'
import { queryClient } from '../lib/query-client.ts'
import { signedOut } from '../lib/signed-out.ts'
import { forgetView } from '../lib/view-as.ts'
import { sessionQuery } from './session.ts'
import { hearTabs, tellTabs } from './tabs.ts'

/**
 * Starts anew at the sign-in page, so that nothing of the former person stays in memory. The cache is emptied as the
 * page goes, not before, or its components would fail in their last moment; a page kept for "Back" loads anew.
 */
export function leave(): void {
  addEventListener('pagehide', () => {
    queryClient.clear()
    forgetView()
  })
  addEventListener('pageshow', (event) => event.persisted && location.reload())
  location.replace('/sign-in')
}

/** Other tabs hear of a sign-in and a sign-out (S31). */
export function followOtherTabs(): void {
  hearTabs((message) => {
    if (message === 'signed-out') {
      // Hides what is on the screen at once, should the person choose to stay because of typed values.
      signedOut.set(true)
      leave()
    }
    if (message === 'signed-in' && queryClient.getQueryData(sessionQuery().queryKey)) void welcome(queryClient, false)
  })
}

/**
 * After a sign-in: the page goes on as it was for the same person, with whatever role they have by now, and starts anew for
 * another one, who must not see what was read or typed by the first.
 */
export async function welcome(client: QueryClient, tellsOthers = true): Promise<void> {
  const before = client.getQueryData(sessionQuery().queryKey)
  const after = await client.fetchQuery({ ...sessionQuery(), staleTime: 0 })
  if (tellsOthers) tellTabs('signed-in')
  if (before && before.user.id !== after.user.id) {
    forgetView()
    location.reload()
    return
  }
  signedOut.set(false)
  void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
}
