import { type ChainRow, genesis, type Head, hashOf } from './chain.ts'

/** `rows` counts all rows, `before` those of them that are older than the chain. Without a chained row there is no head. */
export type Verdict =
  | { rows: number; before: number; head: Head | null }
  | { broken: { seq: number; id: string; why: string } }

export interface Known {
  /** The highest `seq` that the database has ever given out: rows that were cut off at the end are missed by it. */
  counted?: number
  /** A head that was logged earlier: a chain that was written anew does not lead to it. */
  head?: Head
}

/**
 * Follows the chain from its start, by `seq`, and names the first row that is not what it was when it was written, or that
 * is not where it was. Takes every column of a row as it is stored.
 */
export async function verifyChain(
  rows: AsyncIterable<ChainRow> | Iterable<ChainRow>,
  known: Known = {},
): Promise<Verdict> {
  let last: Link = { seq: 0, id: '', hash: genesis, rows: 0, before: 0, isChained: false }
  for await (const row of rows) {
    const hash = await hashOf(row, isChained(row) ? String(row['prev']) : last.hash)
    const why = faultOf(row, hash, last) ?? disagrees(row, hash, known.head)
    const place = { seq: Number(row['seq']), id: String(row['id']) }
    if (why !== undefined) return { broken: { ...place, why } }
    const before = last.before + (isChained(row) ? 0 : 1)
    last = { ...place, hash, rows: last.rows + 1, before, isChained: isChained(row) }
  }
  const missing = Math.max(known.counted ?? 0, known.head?.seq ?? 0)
  if (missing > last.seq) {
    return { broken: { seq: last.seq, id: last.id, why: `is the last one, but there was a row ${missing}` } }
  }
  return { rows: last.rows, before: last.before, head: last.isChained ? { seq: last.seq, hash: last.hash } : null }
}

/** The row before, and the counts up to it. */
interface Link extends Head {
  id: string
  rows: number
  before: number
  isChained: boolean
}

/** A row with one of the two is no old row: it has lost the other. */
function isChained(row: ChainRow): boolean {
  return (row['prev'] ?? null) !== null || (row['hash'] ?? null) !== null
}

function faultOf(row: ChainRow, hash: string, last: Link): string | undefined {
  if (!isChained(row)) return last.isChained ? 'was not written by the console: it is not in the chain' : undefined
  if (row['hash'] !== hash) return 'was changed after it was written'
  if (row['prev'] === last.hash) return undefined
  if (!last.isChained)
    return 'is the first of the chain, and the rows before it are not those that it was written after'
  const gap = Number(row['seq']) - last.seq
  return gap > 1 ? `does not follow row ${last.seq}: rows between them are missing` : `does not follow row ${last.seq}`
}

function disagrees({ seq }: ChainRow, hash: string, head: Head | undefined): string | undefined {
  return head && seq === head.seq && hash !== head.hash
    ? 'is not the row that was logged: it was written anew'
    : undefined
}
