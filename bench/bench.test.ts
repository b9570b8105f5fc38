import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { heapOf, heapWith } from './browser/memory.ts'
import { openings, use } from './browser/pages.ts'
import { launch, rowIds, type Site, visit } from './browser/visit.ts'
import { coldStarts } from './cold-start.ts'
import { callsFor, mostCalls } from './economy.ts'
import { overhead } from './overhead.ts'
import { type Peers, startPeers } from './peers/peers.ts'
import { type Console, type Running, startConsole, startUpstream } from './processes.ts'
import { refreshes } from './refresh.ts'
import type { Estimate } from './statistics.ts'

const root = path.join(import.meta.dirname, '..')
const directory = mkdtempSync(path.join(os.tmpdir(), 'bench-test-'))
// More than so many come and go with the scroll.
const tunnels = 400
const patience = 90_000

/** What was started, though what came after it may not have. */
const stops: (() => Promise<void>)[] = []
let upstream: Running
let console: Console
let browser: Browser
let ours: Site & { cookie: string }
let peers: Peers

beforeAll(async () => {
  if (!existsSync(path.join(root, 'apps/web/dist/index.html')))
    execFileSync('vite', ['build', 'apps/web', '--logLevel', 'warn'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    })
  upstream = await startUpstream(tunnels, { hasHealth: true })
  stops.push(upstream.stop)
  console = await startConsole(upstream.port, directory, { pollSeconds: 1 })
  stops.push(console.stop)
  browser = await launch()
  stops.push(() => browser.close())
  ours = { url: `http://localhost:${console.port}/tunnels`, cookie: console.cookie }
  peers = await startPeers(browser, ours, { directory, stayMs: 1000 })
  stops.push(peers.stop)
}, patience)

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
  rmSync(directory, { recursive: true, force: true })
})

/** Something was measured, and the figure lies in its interval. */
function expectMeasured({ median, low, high }: Estimate): void {
  expect(median).toBeGreaterThan(0)
  expect(low <= median && median <= high && Number.isFinite(high)).toBe(true)
}

test(
  'each part of the bench without a browser measures something',
  async () => {
    const { inUnitsOf, p99Of } = await overhead({
      upstream,
      nginx: null,
      console,
      connections: 2,
      rounds: 1,
      questions: 10,
    })
    for (const figure of [inUnitsOf('list', 'direct'), inUnitsOf('304', 'direct'), p99Of('304')]) expectMeasured(figure)
    const { longest, p99 } = await refreshes(console, upstream, { rounds: 1, pollSeconds: 1 })
    expectMeasured(longest)
    expectMeasured(p99)
    const { calls, looks } = await callsFor(console, upstream, { viewers: 4, seconds: 1, everySeconds: 1 })
    expect(looks).toBe(4)
    expect(calls >= 1 && calls <= mostCalls(1, 1) + 1).toBe(true)
    expectMeasured(await coldStarts(directory, 1))
  },
  patience,
)

test(
  'the peers show the same first rows as the list',
  async () => {
    const shown = (site: Site) => visit(browser, site, ({ page }) => rowIds(page))
    const [own, still, plain] = [await shown(ours), await shown(peers.static), await shown(peers.plain)]
    const first = 8
    expect(own.length).toBeGreaterThanOrEqual(first)
    expect(still.slice(0, first)).toEqual(own.slice(0, first))
    expect(plain.slice(0, first)).toEqual(own.slice(0, first))
    expect(plain.length).toBe(tunnels)
  },
  patience,
)

test(
  'how each page comes up is measured in every round',
  async () => {
    const raw = await openings(browser, ours, peers, 1, 600)
    const painted = [raw.ours, raw.static, raw.plain].flatMap((rounds) => rounds.map(({ paintedMs }) => paintedMs))
    expect(painted.length).toBe(3)
    expect(painted.every((ms) => ms > 0 && Number.isFinite(ms))).toBe(true)
    const [{ lcpMs, tbtMs, cls } = { lcpMs: 0, tbtMs: -1, cls: -1 }] = raw.ours
    expect([lcpMs > 0, tbtMs >= 0, cls >= 0]).toEqual([true, true, true])
  },
  patience,
)

test(
  'keys, sorts, frames, elements and the heap are measured',
  async () => {
    const { keyMs, sortMs, wheel, pull } = await use(browser, ours, 1, { pauseMs: 10, restMs: 50, seconds: 0.3 })
    expect(keyMs).toBeGreaterThanOrEqual(16)
    expect(sortMs).toBeGreaterThan(0)
    for (const { frames, elements } of [wheel, pull]) {
      // Two frames may have the same time.
      expect(frames.every((ms) => ms >= 0) && frames.some((ms) => ms > 0)).toBe(true)
      expect(elements).toBeGreaterThan(100)
    }
    expect(await heapOf(browser, ours, 0)).toBeGreaterThan(await heapWith(browser, peers.static, []))
  },
  patience,
)
