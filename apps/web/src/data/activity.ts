import type { QueryClient } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { sessionQuery } from './session.ts'
import { type Ends, hearTabs, tellTabs } from './tabs.ts'

/** Tells the server that a person is here: the idle time begins anew, in all tabs (S32). Polling never does. */
export async function stay(client: QueryClient): Promise<void> {
  const ends = await request(endpoints.stayed)
  noteEnds(client, ends)
  tellTabs({ stayed: ends })
}

/** Hears that somebody stayed in another tab, until the answer is called. */
export function followStays(client: QueryClient, onStayed: () => void): () => void {
  return hearTabs((message) => {
    if (typeof message !== 'object') return
    noteEnds(client, message.stayed)
    onStayed()
  })
}

const noteEnds = (client: QueryClient, { idleEndsAt, expiresAt }: Ends) =>
  client.setQueryData(sessionQuery().queryKey, (session) => session && { ...session, idleEndsAt, expiresAt })
