import { spawnSync } from 'node:child_process'
import { startConsole, startUpstream } from './processes.ts'
import { type Estimate, estimate, ratios } from './statistics.ts'

/** From the start of the process to a sign-in that works, in units of a Node that does nothing. */
export async function coldStarts(directory: string, rounds: number): Promise<Estimate> {
  const upstream = await startUpstream(10)
  const [ours, nothing]: [number[], number[]] = [[], []]
  try {
    for (let round = 0; round < rounds; round++) {
      nothing.push(took(() => spawnSync(process.execPath, ['-e', '0'])))
      const start = performance.now()
      const console = await startConsole(upstream.port, directory)
      ours.push(performance.now() - start)
      await console.stop()
    }
  } finally {
    await upstream.stop()
  }
  return estimate(ratios(ours, nothing))
}

function took(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
