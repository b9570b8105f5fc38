import { Writable } from 'node:stream'
import { readConfig } from './config.ts'
import { type OpenConsole, openConsole } from './console.ts'
import { installLastResort } from './last-resort.ts'
import { createLog } from './log.ts'

/**
 * Consoles one after the other in one process, each with a port and a folder of its own, for the browser journeys: a
 * process that has run one before is five times as quick with the next. Whoever started it says over the channel between
 * processes what to open and what to stop, and hears what each console prints.
 */
type Order = { open: number; env: Record<string, string> } | { stop: number }
type News = { of: number; printed: string } | { of: number; stopped: number }

/** Nobody may be left to hear it. */
const tell = (news: News) => void process.send?.(news, undefined, undefined, () => undefined)
const consoles = new Map<number, Promise<OpenConsole>>()

function open(number: number, env: Record<string, string>): void {
  const print = (printed: string) => tell({ of: number, printed })
  const stdout = new Writable({
    write: (chunk: Buffer, _, done) => {
      print(String(chunk))
      done()
    },
  })
  const fail = (error: unknown) => {
    print(`${error}\n`)
    tell({ of: number, stopped: 1 })
  }
  const opening = Promise.resolve().then(() =>
    openConsole(readConfig(env), { log: createLog(stdout, { gatherMs: 20 }), say: (text) => print(`${text}\n`), fail }),
  )
  consoles.set(number, opening)
  opening.catch(fail)
}

async function stop(number: number): Promise<void> {
  const console = await consoles.get(number)
  consoles.delete(number)
  tell({ of: number, stopped: (await console?.stop()) ?? 0 })
}

// As the program does: what a console leaves behind stops none of the next.
installLastResort(createLog(process.stdout))
process.on('message', (order: Order) => {
  if ('open' in order) open(order.open, order.env)
  else void stop(order.stop)
})
process.on('disconnect', () => process.exit(0))
