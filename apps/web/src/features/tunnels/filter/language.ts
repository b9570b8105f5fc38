import type * as Language from '@tunnel-console/shared/filter'
import { createFilter } from '@tunnel-console/shared/search'
import { useEffect, useRef } from 'react'
import { createStore, useStore } from '../../../lib/store.ts'
import type { TunnelRow } from '../tunnel-rows.ts'

type Reader = typeof Language | null | undefined

// Most people type a name. Who writes `key:value` waits a moment for what reads it.
const language = createStore<Reader>(undefined)

/** Whether a text may hold a `key:value`. An address with colons may as well, and is found to be none. */
export const mayHoldTerms = (text: string): boolean => /[a-z]:/i.test(text)

/** What reads filters, once this one needs it; `undefined` before. `null`: it could not be loaded, and a filter is plain text until it is another. */
export function useLanguage(text: string): Reader {
  const known = useStore(language)
  const isMissing = mayHoldTerms(text) && !known
  // Loading code is outside React.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another try
  useEffect(() => {
    if (isMissing) import('@tunnel-console/shared/filter').then(language.set, () => language.set(null))
  }, [isMissing, text])
  return known
}

/** The newest text that can be read: what one finds that cannot yet would be wrong. */
export function useReadable(text: string, read: Reader): string {
  const newest = useRef('')
  if (read !== undefined || !mayHoldTerms(text)) newest.current = text
  return newest.current
}

export interface RowFilter {
  terms: Language.FilterTerm[]
  /** `null`: everything. */
  matches: ((row: TunnelRow) => boolean) | null
}

/** The test that a text stands for. */
export function rowFilter(text: string, read: Reader, world: Language.FilterWorld): RowFilter {
  if (text.trim() === '') return { terms: [], matches: null }
  if (read && mayHoldTerms(text)) {
    const parsed = read.parseFilter(text)
    const matches = read.createTunnelFilter(parsed, world)
    return { terms: parsed.terms, matches: ({ tunnel, status }) => matches(tunnel, status) }
  }
  const matches = createFilter(text)
  return { terms: [], matches: ({ tunnel, status }) => matches(tunnel, status.state) }
}
