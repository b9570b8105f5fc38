import type { Random } from '../random.ts'
import type { OutsideEdit } from './ledger.ts'
import type { Store } from './store.ts'
import { seen } from './tunnel.ts'

/** Somebody who works past the console, on fields that nobody in it touches. Their edits never fail. */
export function startOutsideWriter(store: Store, random: Random, tunnelIds: readonly [string, ...string[]]) {
  const edits: OutsideEdit[] = []
  let timer: NodeJS.Timeout

  function edit(): void {
    const tunnelId = random.pick(tunnelIds)
    const path = random.pick(['customer_endpoint', 'rate'])
    const tunnel = store.get(tunnelId)
    if (tunnel) {
      const before = seen(tunnel)[path]
      const after = path === 'rate' ? nextRate(before) : `198.51.100.${(edits.length % 250) + 1}`
      const body = path === 'rate' ? { health_check: { rate: after } } : { customer_endpoint: after }
      store.commit({ kind: 'update', id: tunnelId, body })
      edits.push({ at: Date.now(), tunnelId, path, before, after })
    }
    schedule()
  }

  function schedule(): void {
    timer = setTimeout(edit, random.int(1500, 5000))
  }

  schedule()
  return { edits, stop: () => clearTimeout(timer) }
}

function nextRate(rate: string): string {
  return { low: 'mid', mid: 'high', high: 'low' }[rate] ?? 'mid'
}
