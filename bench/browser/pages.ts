import type { Browser } from 'playwright'
import type { Row } from '../options.ts'
import { type Peers, startPeers } from '../peers/peers.ts'
import { startConsole, startUpstream } from '../processes.ts'
import type { Report } from '../report.ts'
import { estimate, orderOf, ratios } from '../statistics.ts'
import { heapOf, heapWith } from './memory.ts'
import { type Opening, opening } from './opening.ts'
import { lateFrames, lateShare, pulled, type Scrolled, toTop, wheeled } from './scrolling.ts'
import { sorting, typing } from './typing.ts'
import { launch, type Site, visit } from './visit.ts'

interface Bench {
  directory: string
  report: Report
  rounds: number
  wants: (...rows: Row[]) => boolean
}

/** T7 to T10: the list of ten thousand in Chromium, beside a static page of its first window and a plain table of React. */
export async function pages({ directory, report, rounds, wants }: Bench): Promise<void> {
  const upstream = await startUpstream(10_000, { hasHealth: true })
  const console = await startConsole(upstream.port, directory)
  const browser = await launch()
  try {
    const ours = { url: `http://localhost:${console.port}/tunnels`, cookie: console.cookie }
    const peers = await startPeers(browser, ours, { directory, stayMs })
    try {
      if (wants('T7', 'T10')) await sayOpenings(await openings(browser, ours, peers, rounds), report)
      if (wants('T9')) await sayHeap(browser, ours, peers, report)
      if (wants('T8', 'T9')) await sayUse(browser, ours, { report, rounds, wants })
    } finally {
      await peers.stop()
    }
  } finally {
    await browser.close()
    await console.stop()
    await upstream.stop()
  }
}

type Arm = 'ours' | 'static' | 'plain'

const stayMs = 2500

/** How each page came up, round by round. The first round only warms up. */
export async function openings(
  browser: Browser,
  ours: Site,
  peers: Peers,
  rounds: number,
  ms = stayMs,
): Promise<Record<Arm, Opening[]>> {
  const raw: Record<Arm, Opening[]> = { ours: [], static: [], plain: [] }
  const arms: [Arm, Site][] = [
    ['static', peers.static],
    ['ours', ours],
    ['plain', peers.plain],
  ]
  for (let round = 0; round <= rounds; round++) {
    for (const [arm, site] of orderOf(arms, round)) {
      const opened = await opening(browser, site, arm === 'ours' ? ms : ms / 5)
      if (round > 0) raw[arm].push(opened)
    }
  }
  return raw
}

function sayOpenings(raw: Record<Arm, Opening[]>, report: Report): void {
  const of = (arm: Arm, key: keyof Opening) => raw[arm].map((opened) => opened[key])
  report.keep('raw openings', raw)
  for (const arm of ['static', 'ours', 'plain'] as const)
    report.say(`T7 rows of 10,000 painted, ${arm}, ms`, estimate(of(arm, 'paintedMs')), null)
  const painted = of('ours', 'paintedMs')
  report.say('T7 rows painted / static page', estimate(ratios(painted, of('static', 'paintedMs'))), 1.3)
  report.say('T7 rows that can be used, ours, ms', estimate(of('ours', 'usableMs')), null)
  report.say('T7 rows painted / plain React table', estimate(ratios(painted, of('plain', 'paintedMs'))), 0.5)
  report.say('T10 largest contentful paint, ms', estimate(of('ours', 'lcpMs')), 1000)
  report.say('T10 total blocking time, ms', estimate(of('ours', 'tbtMs')), 50)
  report.say('T10 cumulative layout shift', estimate(of('ours', 'cls')), 0.01)
}

/** What a page keeps hardly differs from one time to the next. */
const heapRounds = 3

async function sayHeap(browser: Browser, ours: Site, peers: Peers, report: Report): Promise<void> {
  const [own, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < heapRounds; round++) {
    own.push(await heapOf(browser, ours, stayMs))
    theirs.push(await heapWith(browser, peers.static, peers.data))
  }
  report.say('T9 heap after garbage collection, MB', estimate(own), 60)
  report.say('T9 heap / static page and the data, parsed', estimate(ratios(own, theirs)), 1.5)
}

/** What one visit gives: a press or a frame each, in milliseconds. */
export interface Use {
  keyMs: number
  sortMs: number
  wheel: Scrolled
  pull: Scrolled
}

const pace = { pauseMs: 100, restMs: 400, seconds: 3 }

export function use(browser: Browser, ours: Site, slowdown: number, { pauseMs, restMs, seconds } = pace): Promise<Use> {
  return visit(browser, { ...ours, slowdown }, async (opened) => {
    const { page } = opened
    await page.waitForTimeout(restMs * 6 * slowdown)
    const keyMs = await typing(page, { pauseMs })
    const sorts: number[] = []
    for (const head of ['Name', 'Name', 'Customer endpoint', 'Customer endpoint']) {
      sorts.push(await sorting(page, head))
      await page.waitForTimeout(restMs)
    }
    const wheel = await wheeled(opened, { seconds })
    await toTop(page, restMs)
    const pull = await pulled(opened, { seconds })
    return { keyMs, sortMs: Math.max(...sorts), wheel, pull }
  })
}

async function sayUse(
  browser: Browser,
  ours: Site,
  { report, rounds, wants }: Omit<Bench, 'directory'>,
): Promise<void> {
  const raw: Record<1 | 4, Use[]> = { 1: [], 4: [] }
  for (let round = 0; round < rounds; round++) {
    for (const slowdown of orderOf([1, 4] as const, round)) raw[slowdown].push(await use(browser, ours, slowdown))
  }
  report.keep('raw use', raw)
  for (const slowdown of [1, 4] as const) {
    const of = (figure: (round: Use) => number) => estimate(raw[slowdown].map(figure))
    const at = `${slowdown}×`
    if (wants('T8')) {
      report.say(
        `T8 filter, key to frame, p98 at ${at}, ms`,
        of(({ keyMs }) => keyMs),
        slowdown === 1 ? 50 : 100,
      )
      report.say(
        `T8 sort, press to rows, slowest at ${at}, ms`,
        of(({ sortMs }) => sortMs),
        slowdown === 1 ? null : 100,
      )
    }
    if (!wants('T9')) continue
    for (const way of ['wheel', 'pull'] as const) {
      const words = way === 'wheel' ? 'wheel at 10,000 px/s' : 'bar pulled to the end in 3 s'
      if (slowdown === 1)
        report.say(
          `T9 ${words}, frames > 32 ms`,
          of((round) => lateFrames(round[way].frames)),
          0,
        )
      else
        report.say(
          `T9 ${words}, share of frames > 32 ms at 4×`,
          of((round) => lateShare(round[way].frames)),
          0.01,
        )
      report.say(
        `T9 ${words}, most elements at ${at}`,
        of((round) => round[way].elements),
        1400,
      )
    }
  }
}
