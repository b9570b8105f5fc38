import { buildSchema } from 'graphql'
import { healthDimensions, timeDimensions, trafficDimensions } from './dimensions.ts'
import { operators } from './filter.ts'
import { rateFields } from './group.ts'

export const healthDataset = 'magicTransitTunnelHealthChecksAdaptiveGroups'
export const trafficDataset = 'magicTransitTunnelTrafficAdaptiveGroups'

interface Dataset {
  name: string
  dimensions: string[]
  avg: string[]
  sum: string[]
}

const datasets: Dataset[] = [
  { name: healthDataset, dimensions: healthDimensions, avg: ['tunnelState', 'sampleInterval'], sum: [] },
  { name: trafficDataset, dimensions: trafficDimensions, avg: rateFields, sum: ['bits', 'packets'] },
]

function typeOf(dimension: string): string {
  if (dimension === 'date') return 'Date'
  if (dimension in timeDimensions) return 'Time'
  return dimension === 'active' ? 'uint8' : 'string'
}

function datasetTypes({ name, dimensions, avg, sum }: Dataset): string {
  const filters = dimensions.flatMap((dimension) =>
    operators.map((operator) => {
      const type = typeOf(dimension)
      return `${dimension}${operator}: ${operator === '_in' || operator === '_notin' ? `[${type}!]` : type}`
    }),
  )
  const sortable = [
    ...dimensions,
    'count',
    ...avg.map((field) => `avg_${field}`),
    ...sum.map((field) => `sum_${field}`),
  ]
  const numbers = (fields: string[], type: string) => fields.map((field) => `${field}: ${type}!`).join('\n')
  return `
    input ${name}Filter { AND: [${name}Filter!] OR: [${name}Filter!] ${filters.join('\n')} }
    enum ${name}OrderBy { ${sortable.flatMap((field) => [`${field}_ASC`, `${field}_DESC`]).join('\n')} }
    type ${name}Dimensions { ${dimensions.map((dimension) => `${dimension}: ${typeOf(dimension)}!`).join('\n')} }
    type ${name}Avg { ${numbers(avg, 'float64')} }
    ${sum.length > 0 ? `type ${name}Sum { ${numbers(sum, 'uint64')} }` : ''}
    type ${name} {
      count: uint64!
      dimensions: ${name}Dimensions
      avg: ${name}Avg
      ${sum.length > 0 ? `sum: ${name}Sum` : ''}
    }`
}

/** Cloudflare's scalar names are its own (`string`, `uint64`), and variables are declared with them. */
export const schema = buildSchema(`
  scalar string
  scalar float64
  scalar uint64
  scalar uint8
  scalar Time
  scalar Date
  ${datasets.map(datasetTypes).join('\n')}
  input accountFilter { accountTag: string accountTag_in: [string!] }
  type settings {
    enabled: Boolean!
    maxDuration: uint64!
    notOlderThan: uint64!
    maxPageSize: uint64!
    maxNumberOfFields: uint64!
    availableFields: [string!]!
  }
  type allSettings { ${datasets.map(({ name }) => `${name}: settings`).join('\n')} }
  type account {
    settings: allSettings
    ${datasets
      .map(({ name }) => `${name}(filter: ${name}Filter, limit: uint64!, orderBy: [${name}OrderBy!]): [${name}!]!`)
      .join('\n')}
  }
  type viewer { accounts(filter: accountFilter, limit: uint64): [account!]! budget: uint64! }
  type Query { viewer: viewer }
`)
