import { bucketOf, dimensionOf, type Value } from './dimensions.ts'
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
  const buckets = new Map<string, { values: Record<string, Value>; samples: Sample[] }>()
  for (const sample of samples) {
    const key = dimensions.map((name) => bucketOf(sample, name)).join('\n')
    const bucket = buckets.get(key)
    if (bucket) {
      bucket.samples.push(sample)
    } else {
      const values = Object.fromEntries(dimensions.map((name) => [name, dimensionOf(sample, name)]))
      buckets.set(key, { values, samples: [sample] })
    }
  }
  return Array.from(buckets.values(), (bucket) => summarise(bucket.values, bucket.samples))
}

/** A sample stands for as many quarters of a minute as it spans. */
const sampleSeconds = 15

function summarise(dimensions: Record<string, Value>, samples: readonly Sample[]): Group {
  const total = (pick: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + pick(sample), 0)
  const weight = total(({ seconds }) => seconds)
  const covered = [...new Map(samples.map(({ at, seconds }) => [at, seconds])).values()].reduce((a, b) => a + b, 0)
  const bits = total((sample) => sample.bits)
  const packets = total((sample) => sample.packets)
  const rates = ratePeriods.map((period) => [
    [`bitRate${period}`, bits / covered],
    [`packetRate${period}`, packets / covered],
  ])
  return {
    dimensions,
    count: Math.round(weight / sampleSeconds),
    avg: {
      tunnelState: total(({ tunnelState, seconds }) => tunnelState * seconds) / weight,
      sampleInterval: weight / sampleSeconds / samples.length,
      ...Object.fromEntries(rates.flat()),
    },
    sum: { bits, packets },
  }
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
