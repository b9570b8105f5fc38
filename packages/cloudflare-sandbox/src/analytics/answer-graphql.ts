import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLResolveInfo,
  parse,
  type SelectionSetNode,
  specifiedRules,
  VariablesInAllowedPositionRule,
  validate,
} from 'graphql'
import { isObject, type Json } from '../body.ts'
import type { Deps } from '../context.ts'
import { healthDimensions, trafficDimensions } from './dimensions.ts'
import { predicateOf, spanOf, withinLimits } from './filter.ts'
import { type Group, groupSamples, sortGroups } from './group.ts'
import { healthSamples, sampleTunnels, trafficSamples } from './samples.ts'
import { healthDataset, schema, trafficDataset } from './schema.ts'

/** Clients declare variables as `String!` or `string!`; Cloudflare takes both. */
const rules = specifiedRules.filter((rule) => rule !== VariablesInAllowedPositionRule)

/** What `POST /graphql` answers: HTTP 200 always, failures in `errors`. */
export function answerGraphql(deps: Deps, text: string): Json {
  try {
    const body: unknown = JSON.parse(text)
    if (!isObject(body) || typeof body['query'] !== 'string') return failure([new GraphQLError('query is required')])
    const { document, invalid } = checked(body['query'])
    if (invalid.length > 0) return failure(invalid)
    const result = execute({
      schema,
      document,
      rootValue: createRoot(deps),
      variableValues: isObject(body['variables']) ? body['variables'] : {},
      operationName: typeof body['operationName'] === 'string' ? body['operationName'] : null,
    })
    if (result instanceof Promise) throw new TypeError('the sandbox resolves synchronously')
    return { data: result.data ?? null, errors: result.errors?.map((error) => error.toJSON()) ?? null }
  } catch (error) {
    if (error instanceof GraphQLError) return failure([error])
    if (error instanceof SyntaxError) return failure([new GraphQLError('cannot parse the request body')])
    throw error
  }
}

interface Checked {
  document: DocumentNode
  invalid: readonly GraphQLError[]
}

/** Who polls asks the same again and again: the newest queries are parsed and checked once. */
const newest = new Map<string, Checked>()
const mostKept = 20

function checked(query: string): Checked {
  const known = newest.get(query)
  if (known) return known
  const document = parse(query)
  const found = { document, invalid: validate(schema, document, rules) }
  if (newest.size >= mostKept) newest.clear()
  newest.set(query, found)
  return found
}

function failure(errors: readonly GraphQLError[]): Json {
  return { data: null, errors: errors.map((error) => error.toJSON()) }
}

function createRoot(deps: Deps) {
  const accounts = ({ filter = {} }: { filter?: { accountTag?: string; accountTag_in?: string[] } }) => {
    const tags = filter.accountTag_in ?? (filter.accountTag === undefined ? [] : [filter.accountTag])
    if (tags.length !== 1 || tags[0] !== deps.accountId || deps.unreadable.includes('analytics')) {
      throw new GraphQLError('not authorized for that account', { extensions: { code: 'authz' } })
    }
    return [
      {
        settings: { [healthDataset]: settings(healthDimensions), [trafficDataset]: settings(trafficDimensions) },
        [healthDataset]: resolveDataset(deps, healthSamples),
        [trafficDataset]: resolveDataset(deps, trafficSamples),
      },
    ]
  }
  return { viewer: { accounts, budget: 320 } }
}

const week = 7 * 86_400
const maxPageSize = 10_000

function settings(dimensions: string[]) {
  const availableFields = dimensions.map((name) => `dimensions.${name}`)
  return {
    enabled: true,
    maxDuration: week,
    notOlderThan: 13 * week,
    maxPageSize,
    maxNumberOfFields: 30,
    availableFields,
  }
}

interface DatasetArguments {
  filter?: Json
  limit: unknown
  orderBy?: string[]
}

function resolveDataset(deps: Deps, sampler: typeof healthSamples) {
  return ({ filter = {}, limit, orderBy = [] }: DatasetArguments, _: unknown, info: GraphQLResolveInfo): Group[] => {
    const now = deps.now().getTime()
    const asked = spanOf(filter)
    if (asked.from === null) throw new GraphQLError('filter must contain a lower bound for the time, e.g. datetime_geq')
    const span = { from: asked.from, to: asked.to ?? now }
    const problem = withinLimits(span, now)
    if (problem !== null) throw new GraphQLError(problem, { extensions: { code: 'quota' } })
    const rows = Number(limit)
    if (!(rows >= 1 && rows <= maxPageSize)) throw new GraphQLError(`limit must be between 1 and ${maxPageSize}`)
    const named = filter['tunnelName'] ?? filter['tunnelName_in']
    const names = named === undefined ? null : [named].flat()
    const tunnels = deps.store.current.tunnels.filter(({ name }) => names === null || names.includes(name))
    const known = { from: span.from, to: Math.min(span.to, now) }
    const samples = sampleTunnels(tunnels, known, sampler, predicateOf(filter))
    return sortGroups(groupSamples(samples, [...new Set(requestedDimensions(info))]), orderBy).slice(0, rows)
  }
}

/** Names of the fields asked for below `dimensions`, whatever they are called in the answer. */
function requestedDimensions(info: GraphQLResolveInfo): string[] {
  const fieldsIn = (set: SelectionSetNode | undefined): { name: string; set: SelectionSetNode | undefined }[] =>
    (set?.selections ?? []).flatMap((selection) => {
      if (selection.kind === 'Field') return [{ name: selection.name.value, set: selection.selectionSet }]
      if (selection.kind === 'InlineFragment') return fieldsIn(selection.selectionSet)
      return fieldsIn(info.fragments[selection.name.value]?.selectionSet)
    })
  return info.fieldNodes
    .flatMap((node) => fieldsIn(node.selectionSet))
    .filter(({ name }) => name === 'dimensions')
    .flatMap(({ set }) => fieldsIn(set))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('__'))
}
