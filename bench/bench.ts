import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { coldStarts } from './cold-start.ts'
import { callsFor } from './economy.ts'
import { once } from './load.ts'
import { overhead } from './overhead.ts'
import { startConsole, startNginx, startUpstream } from './processes.ts'
import { refreshes } from './refresh.ts'
import { type Estimate, isReached } from './statistics.ts'

/**
 * Measures what the console adds and saves, in units of what it stands beside, in one run on one machine. Prints a line for
 * each target, and writes everything that was measured to `bench-result.json`. `--rounds=10` says how often each arm runs.
 */
const rounds = Number(/--rounds=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 10)
const directory = mkdtempSync(path.join(os.tmpdir(), 'bench-'))
const measured: Record<string, unknown> = {}

function say(row: string, { median, low, high }: Estimate, target: number): void {
  const figure = `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
  const is = isReached({ median, low, high }, target) ? 'reached' : 'missed'
  console.log(`${row.padEnd(58)} ${figure.padEnd(22)} at most ${target}  ${is}`)
  measured[row] = { median, low, high, target, is }
}

// What it started ends with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const load = os.loadavg()[0] ?? 0
const isIndicative = os.cpus().length < 4 || load > 0.5
console.log(
  `${os.cpus().length} × ${os.cpus()[0]?.model}, load ${load.toFixed(1)}, Node ${process.version}, ${rounds} rounds`,
)
if (isIndicative) console.log('Indicative only: that takes four cores with nothing else to do.')

try {
  await lists(1000)
  await tenThousand()
  say('T12 start to first answer / node -e 0', await coldStarts(directory, Math.min(rounds, 5)), 2.5)
  console.log('T11 is held by the build, which fails when a page loads more JavaScript than it may.')
} finally {
  const about = { versions: process.versions, cpus: os.cpus().map(({ model }) => model), load, isIndicative, rounds }
  writeFileSync('bench-result.json', JSON.stringify({ about, measured }, null, 2))
  rmSync(directory, { recursive: true, force: true })
}

async function lists(tunnels: number): Promise<void> {
  const upstream = await startUpstream(tunnels)
  const console_ = await startConsole(upstream.port, directory)
  const nginx = await startNginx(upstream.port, directory).catch(() => null)
  if (!nginx) console.log('nginx is not installed: its arm is left out')
  try {
    for (const connections of [1, 16]) {
      const { inUnitsOf, raw } = await overhead({ upstream, nginx, console: console_, connections, rounds })
      measured[`raw c=${connections}`] = raw
      say(`T2 304 / direct, c=${connections}`, inUnitsOf('304', 'direct'), 1)
      say(
        `T1 list of ${tunnels} / direct, c=${connections}`,
        inUnitsOf('list', 'direct'),
        connections === 1 ? 0.9 : 1.1,
      )
      const most = connections === 1 ? 0.9 : 1
      if (nginx) say(`T1 list of ${tunnels} / nginx, c=${connections}`, inUnitsOf('list', 'nginx'), most)
    }
    for (const viewers of [1, 10, 100, 1000]) {
      const { calls, looks } = await callsFor(console_, upstream, { viewers, seconds: 15 })
      console.log(`T6 ${viewers} viewers: ${calls} calls to Cloudflare for ${looks} looks in 15 s`)
      measured[`T6 ${viewers}`] = { calls, looks }
    }
  } finally {
    await Promise.all([nginx?.stop(), console_.stop()])
    await upstream.stop()
  }
}

async function tenThousand(): Promise<void> {
  const upstream = await startUpstream(10_000)
  const console_ = await startConsole(upstream.port, directory)
  try {
    for (const accept of ['application/json', 'application/vnd.tunnel-console.columns+json']) {
      const headers = { cookie: console_.cookie, accept, 'accept-encoding': 'gzip' }
      const { body } = await once({ port: console_.port, path: '/api/tunnels', headers })
      console.log(`10,000 tunnels as ${accept}: ${gunzipSync(body).length} bytes, ${body.length} gzip`)
      measured[accept] = { decoded: gunzipSync(body).length, gzip: body.length }
    }
    const { longest, p99 } = await refreshes(console_, upstream, Math.min(rounds, 5))
    say('T5 refresh of 10,000: longest that the loop is held up, ms', longest, 50)
    say('T5 refresh of 10,000: p99 of looks meanwhile, ms', p99, 10)
  } finally {
    await console_.stop()
    await upstream.stop()
  }
}
