import { isObject, type Json } from '../body.ts'
import { dimensionOf, timeDimensions, type Value } from './dimensions.ts'
import type { Sample, Span } from './samples.ts'

/** Suffixes of a filter key after the dimension's name. */
export const operators = ['', '_neq', '_in', '_notin', '_gt', '_geq', '_lt', '_leq', '_like', '_notlike'] as const
type Operator = (typeof operators)[number]

const comparisons: Record<Operator, (actual: Value, wanted: unknown) => boolean> = {
  '': (actual, wanted) => order(actual, wanted) === 0,
  _neq: (actual, wanted) => order(actual, wanted) !== 0,
  _in: (actual, wanted) => Array.isArray(wanted) && wanted.some((entry) => order(actual, entry) === 0),
  _notin: (actual, wanted) => Array.isArray(wanted) && wanted.every((entry) => order(actual, entry) !== 0),
  _gt: (actual, wanted) => order(actual, wanted) > 0,
  _geq: (actual, wanted) => order(actual, wanted) >= 0,
  _lt: (actual, wanted) => order(actual, wanted) < 0,
  _leq: (actual, wanted) => order(actual, wanted) <= 0,
  _like: (actual, wanted) => like(actual, wanted),
  _notlike: (actual, wanted) => !like(actual, wanted),
}

type Predicate = (sample: Sample) => boolean

/** A filter as one function, prepared once for many samples. */
export function predicateOf(filter: Json): Predicate {
  const parts = Object.entries(filter).map(([key, wanted]): Predicate => {
    if (wanted === undefined || wanted === null) return () => true
    const nested = key === 'AND' || key === 'OR' ? list(wanted).map(predicateOf) : []
    if (key === 'AND') return (sample) => nested.every((part) => part(sample))
    if (key === 'OR') return (sample) => nested.some((part) => part(sample))
    return comparison(key, wanted)
  })
  return (sample) => parts.every((part) => part(sample))
}

function comparison(key: string, wanted: unknown): Predicate {
  const [name, operator] = splitKey(key)
  const compare = comparisons[operator]
  const width = name === 'datetime' ? 1 : timeDimensions[name]
  if (width === undefined || typeof wanted !== 'string') return (sample) => compare(dimensionOf(sample, name), wanted)
  const time = Date.parse(wanted)
  return ({ at }) => compare(Math.floor(at / width) * width, time)
}

/** The time span that a filter's top level asks for; open ends are `null`. */
export function spanOf(filter: Json): { from: number | null; to: number | null } {
  const bounds = [filter, ...list(filter['AND'])].flatMap((part) =>
    Object.entries(part).flatMap(([key, wanted]) => {
      const [name, operator] = splitKey(key)
      return name in timeDimensions && typeof wanted === 'string' ? [{ operator, at: Date.parse(wanted), name }] : []
    }),
  )
  const lower = bounds.filter(({ operator }) => operator === '_geq' || operator === '_gt' || operator === '')
  const upper = bounds.filter(({ operator }) => operator === '_leq' || operator === '_lt' || operator === '')
  const ends = upper.map(({ at, operator, name }) => (operator === '_lt' ? at : at + (timeDimensions[name] ?? 0)))
  return {
    from: lower.length > 0 ? Math.max(...lower.map(({ at }) => at)) : null,
    to: ends.length > 0 ? Math.min(...ends) : null,
  }
}

export function withinLimits({ from, to }: Span, now: number): string | null {
  const day = 86_400_000
  if (Number.isNaN(from) || Number.isNaN(to)) return 'cannot parse the time range'
  if (to - from > 7 * day) return 'cannot request a time range wider than 1w0d'
  if (from < now - 93 * day) return 'cannot request data older than 13w2d'
  return null
}

function splitKey(key: string): [string, Operator] {
  const operator = operators.find((suffix) => suffix !== '' && key.endsWith(suffix)) ?? ''
  return [key.slice(0, key.length - operator.length), operator]
}

function order(actual: Value, wanted: unknown): number {
  if (typeof actual === 'number') return actual - Number(wanted)
  return actual < String(wanted) ? -1 : actual > String(wanted) ? 1 : 0
}

/** SQL's LIKE: `%` stands for anything. */
function like(actual: Value, wanted: unknown): boolean {
  const parts = String(wanted)
    .split('%')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(String(actual))
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
