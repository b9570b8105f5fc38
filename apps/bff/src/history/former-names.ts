import { inArray, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { tunnelVersion } from '../storage/schema.ts'

/** A name and when a tunnel had it. Milliseconds, without bounds at the ends. */
export interface NameSpan {
  tunnelId: string
  name: string
  from: number
  to: number
  /** When the tunnel was made: before that, the name was another's. */
  madeAt: number
}

/** A tunnel by the name that it has now, empty where it is gone, and when it was made (ms), `NaN` where nobody knows. */
export interface Named {
  name: string
  madeAt: number
}

/**
 * Every name that these tunnels are known to have had, since analytics know tunnels by name alone: by their versions, and the
 * name that they have now.
 */
export async function nameSpans({ db }: Pick<Deps, 'db'>, tunnels: ReadonlyMap<string, Named>): Promise<NameSpan[]> {
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
  return [...tunnels].flatMap(([tunnelId, named]) => spansOf(tunnelId, named, byTunnel.get(tunnelId) ?? []))
}

function spansOf(
  tunnelId: string,
  { name, madeAt }: Named,
  renames: readonly { at: string; before: string }[],
): NameSpan[] {
  const made = Number.isNaN(madeAt) ? Number.NEGATIVE_INFINITY : madeAt
  const starts = [made, ...renames.map(({ at }) => Date.parse(at))]
  const names = [...renames.map(({ before }) => before), name]
  const spans = names.map((each, index) => ({
    tunnelId,
    name: each,
    from: starts[index] ?? Number.NEGATIVE_INFINITY,
    to: starts[index + 1] ?? Number.POSITIVE_INFINITY,
    madeAt: made,
  }))
  return spans.filter((span) => span.name !== '')
}

/** Whether a name was a tunnel's at some time between two moments. */
export const isWithin = (span: NameSpan, from: number, to: number) => span.from < to && span.to > from

/** Whether a step of analytics tells of this tunnel. One in which it was made may tell of another that had its name before. */
export const isOf = (span: NameSpan, at: number, stepMs: number) => isWithin(span, at, at + stepMs) && at >= span.madeAt
