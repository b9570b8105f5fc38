import type { Sample } from './samples.ts'

export type Value = string | number

const minutes = (count: number) => count * 60_000

/** Width of the time dimensions in milliseconds. */
export const timeDimensions: Record<string, number> = {
  datetime: 1000,
  datetimeMinute: minutes(1),
  datetimeFiveMinutes: minutes(5),
  datetimeFifteenMinutes: minutes(15),
  datetimeHalfOfHour: minutes(30),
  datetimeHour: minutes(60),
  datetimeSixHours: minutes(360),
  date: minutes(1440),
}

const coloNames = ['edgeColoName', 'edgeColoCode', 'edgeColoCity', 'edgeColoCountry', 'edgeColoRegion', 'edgePopName']
const healthTimes = Object.keys(timeDimensions)

export const healthDimensions = [
  ...healthTimes,
  'tunnelName',
  'siteName',
  ...coloNames,
  'remoteTunnelIPv4',
  'resultStatus',
  'active',
]

export const trafficDimensions = [
  ...healthTimes.filter((name) => name !== 'datetimeHalfOfHour'),
  'tunnelName',
  'direction',
  'onRamp',
  'offRamp',
  'ingressTunnelID',
  'ingressTunnelName',
  'egressTunnelID',
  'egressTunnelName',
  ...coloNames,
]

/** The value of a dimension: times are cut down to their bucket and written without fractions of a second. */
export function dimensionOf(sample: Sample, name: string): Value {
  const width = timeDimensions[name]
  if (width === undefined) return sample.dimensions[name] ?? ''
  const text = new Date(Math.floor(sample.at / width) * width).toISOString()
  return name === 'date' ? text.slice(0, 10) : `${text.slice(0, 19)}Z`
}

/** As `dimensionOf`, but a time stays the number of its bucket: cheap to compare. */
export function bucketOf(sample: Sample, name: string): Value {
  const width = timeDimensions[name]
  return width === undefined ? (sample.dimensions[name] ?? '') : Math.floor(sample.at / width)
}
