import type { Life } from '../history.ts'
import { type ConsoleOptions, type ConsoleProcess, startConsole } from './console-process.ts'

/** The console through all its lives on one data folder: ended, started again, and raised when it dies by itself. */
export async function startLives(options: ConsoleOptions) {
  const lives: Life[] = []
  const outputs: (() => string)[] = []
  let current = await begin()
  let isEnding = false

  async function begin(): Promise<ConsoleProcess> {
    const startedAt = Date.now()
    const next = await startConsole(options)
    const life: Life = { startedAt, readyAt: Date.now(), endedAt: null, endedBy: null }
    lives.push(life)
    outputs.push(next.output)
    void next.exited.then(() => {
      life.endedAt = Date.now()
      life.endedBy ??= 'itself'
      if (!isEnding) void replace()
    })
    return next
  }

  async function replace(): Promise<void> {
    if (lives.length > 20) return
    current = await begin()
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM') {
    isEnding = true
    const life = lives.at(-1)
    if (life) life.endedBy ??= signal
    return current.end(signal)
  }

  return {
    url: current.url,
    lives,
    output: () => outputs.map((output) => output()).join(''),
    end,
    async restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
      await end(signal)
      await replace()
      isEnding = false
    },
  }
}

export type Lives = Awaited<ReturnType<typeof startLives>>
