import type * as Language from '@tunnel-console/shared/filter'
import { createFilter } from '@tunnel-console/shared/search'
import { useEffect } from 'react'
import { createStore, useStore } from '../../../lib/store.ts'
import type { TunnelRow } from '../tunnel-rows.ts'

// Most people type a name. Who writes `key:value` waits a moment for what reads it, and finds nothing until then.
const language = createStore<typeof Language | null>(null)

/** Whether a text may hold a `key:value`. An address with colons may as well, and is found to be none. */
export const mayHoldTerms = (text: string): boolean => /[a-z]:/i.test(text)

/** What reads filters, once it is needed; `null` before. Where it cannot be loaded, every filter is plain text. */
export function useLanguage(isNeeded: boolean): typeof Language | null {
  const known = useStore(language)
  // Loading code is outside React.
  useEffect(() => {
    if (!isNeeded || known) return
    import('@tunnel-console/shared/filter').then(language.set, () => {})
  }, [isNeeded, known])
  return known
}

export interface RowFilter {
  terms: Language.FilterTerm[]
  /** `null`: everything. */
  matches: ((row: TunnelRow) => boolean) | null
}

/** The test that a text stands for. */
export function rowFilter(text: string, read: typeof Language | null, world: Language.FilterWorld): RowFilter {
  if (text.trim() === '') return { terms: [], matches: null }
  if (read && mayHoldTerms(text)) {
    const parsed = read.parseFilter(text)
    const matches = read.createTunnelFilter(parsed, world)
    return { terms: parsed.terms, matches: ({ tunnel, status }) => matches(tunnel, status) }
  }
  const matches = createFilter(text)
  return { terms: [], matches: ({ tunnel, status }) => matches(tunnel, status.state) }
}
