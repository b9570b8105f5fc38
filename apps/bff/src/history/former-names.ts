import { inArray, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { tunnelVersion } from '../storage/schema.ts'

/** A name and when a tunnel had it. Milliseconds, without bounds at the ends. */
export interface NameSpan {
  tunnelId: string
  name: string
  from: number
  to: number
}

/**
 * Every name that these tunnels are known to have had, since analytics know tunnels by name alone: by their versions, and the
 * name that they have now, empty where they are gone.
 */
export async function nameSpans({ db }: Pick<Deps, 'db'>, tunnels: ReadonlyMap<string, string>): Promise<NameSpan[]> {
  const nameIn = (column: typeof tunnelVersion.before | typeof tunnelVersion.after) =>
    sql<string>`json_extract(${column}, '$.name')`
  const rows = await db
    .select({
      tunnelId: tunnelVersion.tunnelId,
      at: tunnelVersion.at,
      before: nameIn(tunnelVersion.before),
      after: nameIn(tunnelVersion.after),
    })
    .from(tunnelVersion)
    .where(inArray(tunnelVersion.tunnelId, sql`(SELECT value FROM json_each(${JSON.stringify([...tunnels.keys()])}))`))
    .orderBy(tunnelVersion.seq)
  const byTunnel = Map.groupBy(
    rows.filter(({ before, after }) => before !== null && before !== after),
    ({ tunnelId }) => tunnelId,
  )
  return [...tunnels].flatMap(([tunnelId, name]) => spansOf(tunnelId, name, byTunnel.get(tunnelId) ?? []))
}

function spansOf(tunnelId: string, name: string, renames: readonly { at: string; before: string }[]): NameSpan[] {
  const starts = [Number.NEGATIVE_INFINITY, ...renames.map(({ at }) => Date.parse(at))]
  const names = [...renames.map(({ before }) => before), name]
  const spans = names.map((each, index) => ({
    tunnelId,
    name: each,
    from: starts[index] ?? Number.NEGATIVE_INFINITY,
    to: starts[index + 1] ?? Number.POSITIVE_INFINITY,
  }))
  return spans.filter((span) => span.name !== '')
}

/** Whether a name was a tunnel's at some time between two moments. */
export const isWithin = (span: NameSpan, from: number, to: number) => span.from < to && span.to > from
