/** The rows of targets that the bench measures. T11 is held by the build. */
export const rows = ['T1', 'T2', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T12'] as const
export type Row = (typeof rows)[number]

export interface Options {
  /** How often each arm runs. */
  rounds: number
  /** What is measured, in the order of `rows`. */
  only: readonly Row[]
}

export const usage = `Usage: npm run bench -- [--rounds=10] [--only=T7,T8]

  --rounds=N   how often each arm runs, 1 to 1000; 10 without it
  --only=ROWS  measure these alone: ${rows.join(', ')}`

/** Takes the arguments of the command apart; a text says what is wrong with them. */
export function readOptions(args: readonly string[]): Options | string {
  let [rounds, only]: [number, readonly Row[]] = [10, rows]
  for (const arg of args) {
    const [, name, value = ''] = /^--(rounds|only)=(.+)$/.exec(arg) ?? []
    if (name === undefined) return `There is no option ${arg}`
    if (name === 'rounds') {
      rounds = Number(value)
      if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1000) return `${value} is no number of rounds`
    } else {
      const wanted = value.toUpperCase().split(',')
      const unknown = wanted.find((entry) => !rows.some((row) => row === entry))
      if (unknown !== undefined) return `${unknown} is not measured`
      only = rows.filter((row) => wanted.includes(row))
    }
  }
  return { rounds, only }
}
