import type { TrafficSample } from '@tunnel-console/shared/status-answers'
import { exactTime } from '../../../lib/exact-times.ts'
import { shortDuration, shortTime } from '../../../lib/format.ts'

const units = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const

/** 12_345_678 → "12.3 Mbit/s". */
export function bitRateWords(bitsPerSecond: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bitsPerSecond)) / 3)))
  const value = bitsPerSecond / 1000 ** power
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`
}

/**
 * Figures of an axis, all in the unit of the greatest and with as many decimals as tell them apart. Rising, in bits per second.
 *
 *     rateTicks([0, 0.5, 1]) // ['0.0 bit/s', '0.5 bit/s', '1.0 bit/s']
 */
export function rateTicks(rates: readonly number[]): string[] {
  const most = Math.max(1, ...rates)
  const power = Math.min(units.length - 1, Math.floor(Math.log10(most) / 3))
  const values = rates.map((rate) => rate / 1000 ** power)
  // Not 13 for 12.5 either: a figure stands at its line.
  const isExact = (decimals: number) =>
    values.every((value) => Math.abs(Number(value.toFixed(decimals)) - value) < 1e-6)
  const decimals = [0, 1, 2].find(isExact) ?? 3
  return values.map((value) => `${value.toFixed(decimals)} ${units[power]}`)
}

/** Columns as a chart wants them: moments in seconds, bits in, bits out. Where a step is missing the lines break. */
export type TrafficColumns = [at: number[], inward: (number | null)[], outward: (number | null)[]]

export function columnsOf(samples: readonly TrafficSample[]): TrafficColumns {
  const columns: TrafficColumns = [[], [], []]
  const add = (at: number, inward: number | null, outward: number | null) => {
    columns[0].push(at / 1000)
    columns[1].push(inward)
    columns[2].push(outward)
  }
  const step = stepOf(samples)
  let before: number | null = null
  for (const { at, inBitRate, outBitRate } of samples) {
    const moment = Date.parse(at)
    if (before !== null && step !== null && moment - before > 1.5 * step) add(before + step, null, null)
    add(moment, inBitRate, outBitRate)
    before = moment
  }
  return columns
}

/** How long each step is: the shortest distance between two samples. One alone does not tell. */
function stepOf(samples: readonly TrafficSample[]): number | null {
  const moments = samples.map(({ at }) => Date.parse(at))
  const distances = moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment))
  return distances.length > 0 ? Math.min(...distances) : null
}

const hourMs = 3_600_000

/**
 * What the chart shows, in words: the mean of the last step and the highest of each way, with how long a step is. Of steps that
 * are longer than an hour the last tells nothing of now, and is left out.
 */
export function trafficWords(samples: readonly TrafficSample[], now: Date): string {
  const last = samples.at(-1)
  if (!last) return 'No traffic was told of in this period.'
  if (samples.every(({ inBitRate, outBitRate }) => inBitRate + outBitRate === 0)) {
    return 'No traffic went through in this period.'
  }
  const step = stepOf(samples)
  if (step === null) return `From ${shortTime(new Date(last.at), now)}: ${bothWords(last)}.`
  const most = `Highest mean of ${stepWords(step)}: in ${mostWords(samples, 'inBitRate', now)}, out ${mostWords(samples, 'outBitRate', now)}.`
  if (step > hourMs) return most
  const end = new Date(Date.parse(last.at) + step)
  return `Last ${stepWords(step)}, until ${shortTime(end, now)}: ${bothWords(last)}. ${most}`
}

/** What the chart shows at one of the samples, and that it is a mean. */
export function pointWords(sample: TrafficSample, samples: readonly TrafficSample[]): string {
  const step = stepOf(samples)
  const mean = step === null ? '' : `, mean of ${stepWords(step)}`
  return `${exactTime(new Date(sample.at))}${mean}: ${bothWords(sample)}.`
}

const stepWords = (step: number) => shortDuration(step / 1000)

function mostWords(samples: readonly TrafficSample[], way: 'inBitRate' | 'outBitRate', now: Date): string {
  const most = samples.reduce((best, sample) => (sample[way] > best[way] ? sample : best))
  const from = most[way] > 0 ? ` from ${shortTime(new Date(most.at), now)}` : ''
  return `${bitRateWords(most[way])}${from}`
}

const bothWords = ({ inBitRate, outBitRate }: TrafficSample) =>
  `in ${bitRateWords(inBitRate)}, out ${bitRateWords(outBitRate)}`
