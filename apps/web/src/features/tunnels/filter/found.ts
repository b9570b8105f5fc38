import { plainWordsOf } from '@tunnel-console/shared/search'
import { useMemo, useRef } from 'react'
import type { TunnelRow } from '../tunnel-rows.ts'
import { mayHoldTerms, type RowFilter } from './language.ts'

interface Found {
  words: readonly string[]
  rows: readonly TunnelRow[]
}

/** What was typed lately, and what it found: who takes a letter back has that again. */
const remembered = 16

/**
 * The rows that a filter lets through, in their order. Words that hold what was looked for before are looked for among what that
 * found, so that no key but the first goes through ten thousand rows.
 */
export function useFound(ordered: readonly TunnelRow[], query: string, matches: RowFilter['matches']) {
  const before = useRef<{ ordered: readonly TunnelRow[]; found: readonly Found[] }>({ ordered, found: [] })
  return useMemo(() => {
    if (!matches) return ordered
    const words = mayHoldTerms(query) ? null : plainWordsOf(query)
    if (!words) return ordered.filter(matches)
    const known = before.current.ordered === ordered ? before.current.found : []
    const wider = known.filter((one) => one.words.every((word) => words.some((longer) => longer.includes(word))))
    const same = wider.find((one) => one.words.join(' ') === words.join(' '))
    const least = wider.reduce((rows, one) => (one.rows.length < rows.length ? one.rows : rows), ordered)
    const rows = same?.rows ?? least.filter(matches)
    before.current = { ordered, found: [{ words, rows }, ...known.filter((one) => one !== same)].slice(0, remembered) }
    return rows
  }, [ordered, query, matches])
}
