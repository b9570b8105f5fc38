import type { TrafficSample } from '@tunnel-console/shared/status-answers'
import { clockTime } from '../../../lib/exact-times.ts'
import { isSameDay, nearTime } from '../../../lib/format.ts'

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
    if (before !== null && moment - before > 1.5 * step) add(before + step, null, null)
    add(moment, inBitRate, outBitRate)
    before = moment
  }
  return columns
}

/** The shortest distance between two samples. */
function stepOf(samples: readonly TrafficSample[]): number {
  const moments = samples.map(({ at }) => Date.parse(at))
  const distances = moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment))
  return Math.min(Number.MAX_SAFE_INTEGER, ...distances)
}

/** What the chart shows, in words: now, and the most of the time. */
export function trafficWords(samples: readonly TrafficSample[], now: Date): string {
  const last = samples.at(-1)
  if (!last) return 'No traffic was told of in this period.'
  const most = samples.reduce((best, sample) => (totalOf(sample) > totalOf(best) ? sample : best), last)
  if (totalOf(most) === 0) return 'No traffic went through in this period.'
  const at = new Date(most.at)
  return `Last: ${bothWords(last)}. Most: ${bothWords(most)}, ${isSameDay(at, now) ? clockTime(at) : nearTime(at)}.`
}

export const bothWords = ({ inBitRate, outBitRate }: Omit<TrafficSample, 'at'>) =>
  `in ${bitRateWords(inBitRate)}, out ${bitRateWords(outBitRate)}`

const totalOf = ({ inBitRate, outBitRate }: TrafficSample) => inBitRate + outBitRate
