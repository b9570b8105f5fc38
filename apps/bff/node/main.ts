import { ConfigError, readConfig } from './config.ts'
import { openConsole } from './console.ts'
import { installLastResort } from './last-resort.ts'
import { createLog } from './log.ts'
import { DatabaseRefused } from './sqlite.ts'

const log = createLog(process.stdout, { gatherMs: 20 })

async function main(): Promise<void> {
  const { stop } = await openConsole(readConfig(process.env), { log, say: console.error, fail })
  const end = async () => process.exit(await stop())
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}

/** Says in one line what is wrong and how to mend it, and stops. Only an unforeseen error shows where it happened. */
function fail(error: unknown): never {
  const isExpected = error instanceof ConfigError || error instanceof DatabaseRefused
  const isOneLine = error instanceof Error && /^[A-Z_]+: /.test(error.message)
  console.error(isExpected || isOneLine ? error.message : error)
  process.exit(1)
}

// What waits for others must not be lost with the process: a pipe takes it before this returns.
process.on('exit', () => void log.flush())
installLastResort(log)
main().catch(fail)
