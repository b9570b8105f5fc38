/** How long a run lasts, and how hard it is. */
export interface SoakOptions {
  seed: string
  seconds: number
  /** How often the process is ended by SIGKILL, and how often by SIGTERM, and started again. */
  kills: number
  terms: number
  /** How long at most the console may take afterwards to find out what became of everything. */
  quietSeconds: number
  /** How long an answer may hang, in milliseconds. Beyond 20 s the console gives up by itself. */
  longestHangMs: number
  /** Names of faults that do not happen, to find out what is behind a finding. */
  without?: readonly string[]
  /** Told what goes on. */
  note?: (line: string) => void
}
