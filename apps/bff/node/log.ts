import type { Writable } from 'node:stream'
import type { LogEntry } from '../src/deps.ts'

/** What may wait for a slow reader. */
const defaultMostBytes = 1024 ** 2

export interface Log {
  /** Writes one line of JSON. Never throws. */
  write(entry: LogEntry): void
  /** Resolves when everything written so far has been taken or lost. Never rejects. */
  flush(): Promise<void>
}

/**
 * The log on a stream that may fail: its reader gone (EPIPE), its disk full (ENOSPC), its reader slow. The console goes
 * on; lines that could not be written are counted, and the count is written as soon as something can be again.
 *
 * Handing a line to the system costs more than many an answer, so lines of level `info` wait for others for up to
 * `gatherMs` milliseconds and go out in one piece. A warning or an error goes out at once, with all that came before it.
 */
export function createLog(
  stream: Pick<Writable, 'write' | 'on'>,
  { mostBytes = defaultMostBytes, gatherMs = 0 } = {},
): Log {
  let waiting = 0
  let lost = 0
  let gathered = { text: '', lines: 0 }
  let timer: ReturnType<typeof setTimeout> | null = null
  let flushed: (() => void)[] = []
  // An error that nobody listens to would end the process. Each write hears of its own.
  stream.on('error', () => undefined)

  function end(size: number, lines: number): void {
    waiting -= size
    lost += lines
    if (waiting > 0) return
    for (const resolve of flushed) resolve()
    flushed = []
  }

  function hand(): void {
    if (timer) clearTimeout(timer)
    timer = null
    const { text, lines } = gathered
    if (lines === 0) return
    gathered = { text: '', lines: 0 }
    try {
      stream.write(text, (error) => end(text.length, error ? lines : 0))
    } catch {
      end(text.length, lines)
    }
  }

  /** Puts a line to what is handed over next; `lines` is how many are lost when the stream does not take it. */
  function gather(entry: LogEntry, lines: number, before = ''): void {
    const line = lineOf(entry)
    const text = line === null ? null : before + line
    if (text === null || waiting + text.length > mostBytes) {
      lost += lines
      return
    }
    waiting += text.length
    gathered.text += text
    gathered.lines += lines
  }

  return {
    write(entry) {
      if (lost > 0 && waiting === 0) {
        const lines = lost
        lost = 0
        // A full disk may have taken half a line, which ends here.
        gather({ level: 'warn', event: 'log.lost', lines }, lines, '\n')
        hand()
      }
      gather(entry, 1)
      if (gatherMs === 0 || entry.level !== 'info') hand()
      else timer ??= setTimeout(hand, gatherMs)
    },
    flush() {
      hand()
      return new Promise((resolve) => (waiting > 0 ? flushed.push(resolve) : resolve()))
    },
  }
}

function lineOf(entry: LogEntry): string | null {
  try {
    return `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`
  } catch {
    return null
  }
}
