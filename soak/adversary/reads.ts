import type { AnswerKind } from './fault.ts'
import type { LedgerEntry } from './ledger.ts'
import { notFound, type Refusal, type Store } from './store.ts'
import { seen, type Wire } from './tunnel.ts'

/** What Cloudflare says to a read, as far as its replicas show. What was shown stands in the entry. */
export function read(
  store: Store,
  entry: LedgerEntry,
  answer: AnswerKind,
  accountId: string,
): { result: unknown } | Refusal {
  switch (entry.kind) {
    case 'account':
      return { result: { id: accountId, name: 'Adversary Ltd' } }
    case 'routes':
      return { result: { routes: [] } }
    case 'list':
      return { result: { ipsec_tunnels: list(store, entry, answer) } }
    case 'get':
      return one(store, entry, answer)
    default:
      return { status: 404, code: 7000, message: 'No route for that URI' }
  }
}

function list(store: Store, entry: LedgerEntry, answer: AnswerKind): Wire[] {
  const all = store.allShown()
  const shown =
    answer === 'empty-list' ? [] : answer === 'half-list' ? all.slice(0, Math.floor(all.length / 2) - 1) : all
  if (['yes', 'empty-list', 'half-list'].includes(answer)) entry.listed = shown.length
  return shown
}

function one(store: Store, entry: LedgerEntry, answer: AnswerKind): { result: unknown } | Refusal {
  const tunnel = store.shown(entry.tunnelId ?? '')
  if (!tunnel) return notFound
  if (answer === 'yes') entry.served = seen(tunnel)
  return { result: { ipsec_tunnel: tunnel } }
}

/** Health by the name of each tunnel, in the shape of the GraphQL Analytics API. It has no envelope. */
export function healthBody(store: Store): unknown {
  const health = store.all().map(({ name }) => ({
    count: 30,
    avg: { tunnelState: 1 },
    dimensions: { tunnelName: name, edgeColoName: 'ams01', edgeColoCode: 'AMS', active: 1 },
  }))
  return { data: { viewer: { accounts: [{ health }] } }, errors: null }
}
