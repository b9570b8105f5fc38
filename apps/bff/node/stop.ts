import type { ServerType } from '@hono/node-server'
import type { Deps } from '../src/deps.ts'

/** What may be left of the log when everything else has ended. */
const flushMs = 1000

export interface StopOptions extends Pick<Deps, 'log'> {
  server: Pick<ServerType, 'close'> & { closeIdleConnections?(): void; closeAllConnections?(): void }
  /** Resolves when no write is under way any more, also none whose client has gone. */
  idle(): Promise<void>
  /** Writes what waits to be written: the log. */
  flush(): Promise<void>
  /** Lets go of the database and of the data folder. */
  close(): void
  exit(code: number): void
  /** How long what is under way may take, in milliseconds. */
  graceMs: number
}

/**
 * Ends the process in order (L9): nothing new is taken, what is under way ends, the log is written, the database is
 * closed. Answers and writes have `graceMs` together. What is still open then is left to the next start, which settles
 * it, and the process ends with 1.
 */
export async function stopGracefully(options: StopOptions): Promise<void> {
  const { server, log, graceMs } = options
  log({ level: 'info', event: 'stopping' })
  const isDone = await within(graceMs, allEnded(options))
  if (!isDone) {
    log({ level: 'error', event: 'stop.unfinished', graceMs })
    server.closeAllConnections?.()
  }
  await within(flushMs, options.flush())
  try {
    options.close()
  } catch {
    // A database that cannot be closed any more is the next start's business.
  }
  options.exit(isDone ? 0 : 1)
}

/** A request that was under way may begin a write, so writes are waited for once no request is left, and before. */
async function allEnded({ server, idle }: StopOptions): Promise<void> {
  await Promise.all([closed(server), idle()])
  await idle()
}

/** Resolves when the last connection has ended. One that is kept alive would hold the server open for nothing. */
function closed(server: StopOptions['server']): Promise<void> {
  const closeIdle = setInterval(() => server.closeIdleConnections?.(), 50)
  return new Promise((resolve) => {
    // The error says that it did not listen any more, or not yet.
    server.close(() => {
      clearInterval(closeIdle)
      resolve()
    })
  })
}

/** Whether something ended well in time. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const done = work.then(
    () => true,
    () => false,
  )
  return Promise.race([done, late]).finally(() => clearTimeout(timer))
}
