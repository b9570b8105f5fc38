import { type Estimate, isReached } from './statistics.ts'

interface Line extends Estimate {
  target: number | null
  is: 'reached' | 'missed' | 'not rated'
}

/** What was measured: a line for each figure as it comes, and everything together at the end. */
export class Report {
  readonly measured: Record<string, unknown> = {}
  readonly #print: (line: string) => void

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  /** A figure, and whether the worse end of its interval reaches its target; `null` where there is none. */
  say(name: string, { median, low, high }: Estimate, target: number | null): void {
    const is = target === null ? 'not rated' : isReached({ median, low, high }, target) ? 'reached' : 'missed'
    const figure = `${shown(median)} (${shown(low)}–${shown(high)})`
    const rating = target === null ? '' : `at most ${target}  ${is}`
    this.#print(`${name.padEnd(64)} ${figure.padEnd(24)} ${rating}`.trimEnd())
    this.measured[name] = { median, low, high, target, is } satisfies Line
  }

  note(line: string): void {
    this.#print(line)
  }

  /** For `bench-result.json` alone. */
  keep(name: string, value: unknown): void {
    this.measured[name] = value
  }
}

/** Two digits behind the point where they tell something. */
const shown = (value: number): string =>
  value.toFixed(value >= 100 ? 0 : value >= 20 ? 1 : value > 0 && value < 0.1 ? 4 : 2)
