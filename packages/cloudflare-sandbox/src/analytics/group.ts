import { bucketOf, dimensionOf, timeDimensions, type Value } from './dimensions.ts'
import type { Sample } from './samples.ts'

export interface Group {
  dimensions: Record<string, Value>
  count: number
  avg: Record<string, number>
  sum: Record<string, number>
}

const ratePeriods = ['TenSeconds', 'Minute', 'FiveMinutes', 'FifteenMinutes', 'Hour', 'Day']
export const rateFields = ratePeriods.flatMap((period) => [`bitRate${period}`, `packetRate${period}`])

/** One group per distinct combination of the requested dimensions; without any, one group of everything. */
export function groupSamples(samples: readonly Sample[], dimensions: readonly string[]): Group[] {
  const sums = new Map<string, Sums>()
  const keyOf = createKeys(dimensions)
  for (const sample of samples) {
    const key = keyOf(sample)
    const known = sums.get(key)
    if (known) add(known, sample)
    else sums.set(key, add(emptySums(sample), sample))
  }
  return Array.from(sums.values(), (one) => summarise(one, dimensions))
}

/** Samples share the objects of what does not change with time, so their part of the key is made once for each. */
function createKeys(dimensions: readonly string[]): (sample: Sample) => string {
  const isTime = (name: string) => name in timeDimensions
  const [times, others] = [dimensions.filter(isTime), dimensions.filter((name) => !isTime(name))]
  const known = new Map<Sample['dimensions'], string>()
  return (sample) => {
    let key = known.get(sample.dimensions)
    if (key === undefined) {
      key = others.map((name) => bucketOf(sample, name)).join('\n')
      known.set(sample.dimensions, key)
    }
    for (const name of times) key += `\n${bucketOf(sample, name)}`
    return key
  }
}

interface Sums {
  first: Sample
  samples: number
  /** Seconds, once for each sample. */
  weight: number
  /** Of each moment, the seconds that it stands for. */
  moments: Map<number, number>
  states: number
  bits: number
  packets: number
}

const emptySums = (first: Sample): Sums => ({
  first,
  samples: 0,
  weight: 0,
  moments: new Map(),
  states: 0,
  bits: 0,
  packets: 0,
})

function add(sums: Sums, { at, seconds, tunnelState, bits, packets }: Sample): Sums {
  sums.samples++
  sums.weight += seconds
  sums.moments.set(at, seconds)
  sums.states += tunnelState * seconds
  sums.bits += bits
  sums.packets += packets
  return sums
}

/** A sample stands for as many quarters of a minute as it spans. */
const sampleSeconds = 15

function summarise({ first, samples, weight, moments, states, bits, packets }: Sums, names: readonly string[]): Group {
  let covered = 0
  for (const seconds of moments.values()) covered += seconds
  const avg: Group['avg'] = { tunnelState: states / weight, sampleInterval: weight / sampleSeconds / samples }
  for (const period of ratePeriods) {
    avg[`bitRate${period}`] = bits / covered
    avg[`packetRate${period}`] = packets / covered
  }
  const dimensions = Object.fromEntries(names.map((name) => [name, dimensionOf(first, name)]))
  return { dimensions, count: Math.round(weight / sampleSeconds), avg, sum: { bits, packets } }
}

/** Sorted by keys such as `datetimeMinute_ASC`, `count_DESC` or `avg_tunnelState_ASC`, the first deciding first. */
export function sortGroups(groups: Group[], orderBy: readonly string[]): Group[] {
  return groups.sort((left, right) => {
    for (const key of orderBy) {
      const [, field = '', direction] = /^(.*)_(ASC|DESC)$/.exec(key) ?? []
      const [a, b] = [fieldOf(left, field), fieldOf(right, field)]
      if (a !== b) return (a < b ? -1 : 1) * (direction === 'DESC' ? -1 : 1)
    }
    return 0
  })
}

function fieldOf({ dimensions, count, avg, sum }: Group, field: string): Value {
  if (field === 'count') return count
  if (field.startsWith('avg_')) return avg[field.slice(4)] ?? 0
  if (field.startsWith('sum_')) return sum[field.slice(4)] ?? 0
  return dimensions[field] ?? ''
}
