import { useEffect } from 'react'
import { createStore, useStore } from '../../lib/store.ts'
import { keepInTab, keptInTab } from '../../lib/tab-store.ts'

/** By tunnel: `null` while this tab waits for a probe to be answered, then when it was. UTC, ISO 8601. */
type FirstProbes = Readonly<Record<string, string | null>>

const name = 'first-probes'
const seen = createStore<FirstProbes>({})

/** What one reading says: nobody answered, somebody did at that time, or nothing that can be believed. */
export type Answered = { at: string } | 'none' | 'unknown'

/**
 * When the first probe was answered that this tab has waited for. `null`: it waits, or the answers were there before it
 * looked: then nobody knows which was the first.
 */
export function useFirstProbe(tunnelId: string, owner: string, answered: Answered): string | null {
  const known = { ...keptBy(owner), ...useStore(seen) }
  const at = typeof answered === 'object' ? answered.at : null
  // What was seen outlives this component, and a reload.
  useEffect(() => {
    const before = { ...keptBy(owner), ...seen.get() }
    const next = at === null ? (answered === 'none' ? null : undefined) : before[tunnelId] === null ? at : undefined
    if (next === undefined || before[tunnelId] === next) return
    seen.set({ ...before, [tunnelId]: next })
    keepInTab(name, owner, seen.get())
  }, [tunnelId, owner, at, answered])
  return known[tunnelId] ?? null
}

/** An older build, or anybody, may have written it. */
function keptBy(owner: string): FirstProbes {
  const value = keptInTab(name, owner)
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string | null] => {
      return entry[1] === null || (typeof entry[1] === 'string' && !Number.isNaN(Date.parse(entry[1])))
    }),
  )
}
