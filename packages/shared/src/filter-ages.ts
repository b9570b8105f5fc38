/** "Older than" or "younger than" so many milliseconds. */
export interface Range {
  isOlder: boolean
  ms: number
}

const unitMs: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 7 * 86_400_000],
])

/** `>365d` and `<24h` as a range; `null` for everything else. Units are min (m), h, d and w. */
export function ageOf(value: string): Range | null {
  const [, sign, amount, unit = ''] = /^([<>])(\d{1,5})([a-z]+)$/i.exec(value) ?? []
  const ms = unitMs.get(unit.toLowerCase())
  return ms === undefined ? null : { isOlder: sign === '>', ms: Number(amount) * ms }
}

/** Whether it is an age as far as it goes: `>`, `<2`, `<24mi`. */
export const isAge = (value: string): boolean => /^[<>](\d{1,5}(m|mi)?)?$/i.test(value)
