import { causesOf } from '../src/cloudflare/causes.ts'
import { describe } from '../src/http/on-error.ts'
import type { Log } from './log.ts'

/** What is left of the time to write a last line. */
const lastLineMs = 1000

/**
 * What nobody caught is logged without its message, which may carry anything (S68). A forgotten promise stops nothing. An
 * error thrown past everybody may have left anything half done, so the process ends: the next start settles what was
 * under way.
 */
export function installLastResort(log: Log): void {
  const tell = (event: string, error: unknown) =>
    log.write({ level: 'error', event, cause: describe(error), causes: causesOf(error) })

  process.on('unhandledRejection', (reason) => tell('unhandled', reason))
  process.on('uncaughtException', (error) => {
    tell('uncaught', error)
    setTimeout(() => process.exit(1), lastLineMs)
    void log.flush().then(() => process.exit(1))
  })
  // A message for a person that cannot be printed is no reason to stop either.
  process.stderr.on('error', () => undefined)
}
