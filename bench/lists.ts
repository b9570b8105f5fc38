import { gunzipSync } from 'node:zlib'
import { callsFor, mostCalls } from './economy.ts'
import { once } from './load.ts'
import type { Row } from './options.ts'
import { overhead } from './overhead.ts'
import { type Console, type Running, startConsole, startNginx, startUpstream } from './processes.ts'
import { refreshes } from './refresh.ts'
import type { Report } from './report.ts'
import { exactly } from './statistics.ts'

interface Bench {
  /** Where it may write; whoever made it takes it away. */
  directory: string
  report: Report
  rounds: number
}

type Wants = (...rows: Row[]) => boolean

/** T1, T2 and T6: the list of a thousand beside the upstream and nginx, and what people who look at it cost Cloudflare. */
export async function lists({ directory, report, rounds, wants }: Bench & { wants: Wants }): Promise<void> {
  const upstream = await startUpstream(1000)
  const console = await startConsole(upstream.port, directory)
  const nginx = await startNginx(upstream.port, directory).catch(() => null)
  if (!nginx) report.note('nginx is not installed: its arm is left out')
  try {
    if (wants('T1', 'T2')) {
      for (const connections of [1, 16]) await answers({ upstream, nginx, console, connections, rounds }, report)
    }
    if (wants('T6')) await economy(console, upstream, report)
  } finally {
    await Promise.all([nginx?.stop(), console.stop()])
    await upstream.stop()
  }
}

async function answers(arms: Parameters<typeof overhead>[0], report: Report): Promise<void> {
  const { connections: c, nginx } = arms
  const { inUnitsOf, p99Of, raw } = await overhead(arms)
  report.keep(`raw c=${c}`, raw)
  report.say(`T2 304 / direct, c=${c}`, inUnitsOf('304', 'direct'), c === 1 ? 1 : null)
  if (c > 1) {
    report.say(`T2 304, c=${c}, p50 in ms`, inUnitsOf('304', 1), null)
    report.say(`T2 304, c=${c}, p99 in ms`, p99Of('304'), 10)
  }
  report.say(`T1 list of 1000 / direct, c=${c}`, inUnitsOf('list', 'direct'), c === 1 ? 0.9 : 1.1)
  if (nginx) report.say(`T1 list of 1000 / nginx, c=${c}`, inUnitsOf('list', 'nginx'), c === 1 ? 0.9 : 1)
}

const seconds = 15

async function economy(console: Console, upstream: Running, report: Report): Promise<void> {
  for (const viewers of [1, 10, 100, 1000]) {
    const { calls, looks } = await callsFor(console, upstream, { viewers, seconds, everySeconds: 5 })
    report.say(
      `T6 calls for ${viewers} viewers (${looks} looks in ${seconds} s)`,
      exactly(calls),
      mostCalls(seconds, 5),
    )
  }
}

/** T5, and how large the list of ten thousand is. */
export async function tenThousand({ directory, report, rounds }: Bench): Promise<void> {
  const upstream = await startUpstream(10_000)
  const console = await startConsole(upstream.port, directory)
  try {
    for (const accept of ['application/json', 'application/vnd.tunnel-console.columns+json']) {
      const headers = { cookie: console.cookie, accept, 'accept-encoding': 'gzip' }
      const { body } = await once({ port: console.port, path: '/api/tunnels', headers })
      const decoded = gunzipSync(body).length
      report.note(`10,000 tunnels as ${accept}: ${decoded} bytes, ${body.length} gzip`)
      report.keep(accept, { decoded, gzip: body.length })
    }
    const { longest, p99 } = await refreshes(console, upstream, { rounds: Math.min(rounds, 5), pollSeconds: 5 })
    report.say('T5 refresh of 10,000: longest that the loop is held up, ms', longest, 50)
    report.say('T5 refresh of 10,000: p99 of looks meanwhile, ms', p99, 10)
  } finally {
    await console.stop()
    await upstream.stop()
  }
}
