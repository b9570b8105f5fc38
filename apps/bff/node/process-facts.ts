import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ProcessFacts } from '../src/deps.ts'

/** Begins to measure how late timers are, and gives what tells how the process does. */
export function createProcessFacts(): () => ProcessFacts {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const startedAtSeconds = Math.round(Date.now() / 1000 - process.uptime())
  return () => {
    const { user, system } = process.cpuUsage()
    // Until it has measured something it says NaN.
    const late = delay.percentile(99) / 1e9 || 0
    delay.reset()
    return {
      cpuSeconds: (user + system) / 1e6,
      residentBytes: process.memoryUsage.rss(),
      startedAtSeconds,
      loopDelaySeconds: late,
    }
  }
}
