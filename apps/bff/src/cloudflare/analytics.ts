import { ProblemError } from '@tunnel-console/shared/problem'
import { z } from 'zod'
import type { Urgency } from './queries.ts'

const datasets = {
  health: { name: 'magicTransitTunnelHealthChecksAdaptiveGroups', values: 'count avg { tunnelState }' },
  traffic: { name: 'magicTransitTunnelTrafficAdaptiveGroups', values: 'count sum { bits }' },
} as const

const words = { health: 'Health', traffic: 'Traffic' } as const

/** Which rows: one for each combination of the dimensions. Of tunnels by **name**, since the datasets know no id. */
export interface Ask {
  dataset: keyof typeof datasets
  from: number
  to: number
  dimensions: readonly string[]
  /** Absent: every tunnel. */
  names?: readonly string[]
  /** Only names that sort here or later: the next page. */
  after?: string
}

const Value = z.union([z.string(), z.number()])
const Row = z.object({
  count: z.number().catch(1),
  avg: z.object({ tunnelState: z.number().min(0).max(1) }).optional(),
  sum: z.object({ bits: z.number() }).optional(),
  dimensions: z.record(z.string(), Value),
})
const Answer = z.object({
  data: z.object({ viewer: z.object({ accounts: z.array(z.record(z.string(), z.array(z.unknown()))) }) }),
})

export interface AnalyticsRow {
  /** How many probes or packets samples it stands for. */
  count: number
  /** 0 down to 1 healthy; `null` where the dataset has none. */
  state: number | null
  bits: number
  name: string
  /** A dimension as text; empty where it was not asked for. */
  of(dimension: string): string
}

/** As many rows as Cloudflare gives in one answer. More are cut off without a word. */
export const pageRows = 10_000

/** The query for one page, ordered by name so that the next one can go on where this one ends. */
export function pageBody(account: string, ask: Ask, limit = pageRows) {
  const { name, values } = datasets[ask.dataset]
  const dimensions = ['tunnelName', ...ask.dimensions]
  const filters = [
    'datetime_geq: $from',
    'datetime_lt: $to',
    ...(ask.names ? ['tunnelName_in: $names'] : []),
    ...(ask.after === undefined ? [] : ['tunnelName_geq: $after']),
  ]
  const variables = [
    '$account: string!',
    '$from: Time!',
    '$to: Time!',
    ...(ask.names ? ['$names: [string!]!'] : []),
    ...(ask.after === undefined ? [] : ['$after: string!']),
  ]
  const query = `query Rows(${variables.join(', ')}) {
  viewer {
    accounts(filter: { accountTag: $account }) {
      ${ask.dataset}: ${name}(limit: ${limit}, orderBy: [tunnelName_ASC], filter: { ${filters.join(', ')} }) {
        ${values}
        dimensions { ${dimensions.join(' ')} }
      }
    }
  }
}`
  const [from, to] = [new Date(ask.from).toISOString(), new Date(ask.to).toISOString()]
  return { query, variables: { account, from, to, names: ask.names, after: ask.after } }
}

/** The rows of an answer; those that are none are left out. Throws `upstream-unexpected` for what is no answer. */
export function readPage(result: unknown, dataset: Ask['dataset']): { rows: AnalyticsRow[]; sent: number } {
  const answer = Answer.safeParse(result)
  const parts = answer.data?.data.viewer.accounts.map((account) => account[dataset])
  if (!parts || parts.includes(undefined)) throw unexpected(`${words[dataset]} analytics are not readable`)
  const sent = parts.flatMap((rows) => rows ?? [])
  return { rows: sent.flatMap(rowOf), sent: sent.length }
}

function rowOf(sent: unknown): AnalyticsRow[] {
  const { data } = Row.safeParse(sent)
  const name = data?.dimensions['tunnelName']
  if (!data || typeof name !== 'string') return []
  const { count, avg, sum, dimensions } = data
  const of = (dimension: string) => String(dimensions[dimension] ?? '')
  return [{ count, state: avg?.tunnelState ?? null, bits: sum?.bits ?? 0, name, of }]
}

type Send = (body: unknown, about: { urgency: Urgency; dataset: Ask['dataset'] }) => Promise<{ result: unknown }>

const hourMs = 3_600_000

/**
 * Reads analytics whole. An answer with as many rows as it may have is cut: then the query goes on with the last name of it,
 * and where one name alone fills an answer, with half the time. Throws rather than give a part for the whole.
 */
export function createAnalytics(account: string, send: Send, limit = pageRows) {
  async function page(ask: Ask, urgency: Urgency) {
    const { dataset } = ask
    const { result } = await send(pageBody(account, ask, limit), { urgency, dataset })
    return readPage(result, dataset)
  }

  return async function rowsOf(ask: Ask, urgency: Urgency): Promise<AnalyticsRow[]> {
    const whole: AnalyticsRow[] = []
    const done = new Set<string>()
    for (let after = ask.after; ; ) {
      const rest = after === undefined ? ask : { ...ask, after }
      const { rows, sent } = await page(rest, urgency)
      if (rows.some(({ name }) => done.has(name))) throw unexpected('Analytics came in no order')
      if (sent < limit) return [...whole, ...rows]
      const last = rows.at(-1)?.name
      const complete = rows.filter(({ name }) => name !== last)
      if (last === undefined || complete.length === 0) return [...whole, ...(await halves(rest, urgency))]
      for (const row of complete) {
        whole.push(row)
        done.add(row.name)
      }
      after = last
    }
  }

  async function halves(ask: Ask, urgency: Urgency): Promise<AnalyticsRow[]> {
    const middle = Math.floor((ask.from + ask.to) / 2 / hourMs) * hourMs
    if (middle <= ask.from || middle >= ask.to) throw unexpected('Analytics have more rows than can be read')
    const rowsOf = createAnalytics(account, send, limit)
    const first = await rowsOf({ ...ask, to: middle }, urgency)
    return [...first, ...(await rowsOf({ ...ask, from: middle }, urgency))]
  }
}

function unexpected(detail: string): ProblemError {
  return ProblemError.of('upstream-unexpected', { detail })
}

/** Whether something failed in one of the ways that are foreseen. */
export const isProblem = (value: unknown): value is ProblemError => value instanceof ProblemError
