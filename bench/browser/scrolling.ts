import type { Page } from 'playwright'
import type { Visit } from './visit.ts'

export interface Scrolled {
  /** How far apart the frames were, in milliseconds. */
  frames: number[]
  /** The most elements that were in the page at once. */
  elements: number
}

const scroller = 'section[tabindex="0"]'

/** As a mouse wheel does it that is turned as fast as can be: ten thousand pixels a second. */
export async function wheeled({ page, cdp }: Visit, { seconds }: { seconds: number }): Promise<Scrolled> {
  const place = await page.locator(scroller).boundingBox()
  if (!place) throw new Error('The rows do not scroll')
  return whileRecorded(page, async () => {
    await cdp.send('Input.synthesizeScrollGesture', {
      x: place.x + place.width / 2,
      y: place.y + place.height / 2,
      yDistance: -10_000 * seconds,
      speed: 10_000,
      gestureSourceType: 'mouse',
    })
  })
}

/** As somebody does it who pulls the bar from the first row to the last: no frame shows a row of the one before. */
export function pulled({ page }: Visit, { seconds }: { seconds: number }): Promise<Scrolled> {
  return whileRecorded(page, () =>
    page.$eval(
      scroller,
      (box, ms) =>
        new Promise<void>((resolve) => {
          const start = performance.now()
          const height = box.scrollHeight - box.clientHeight
          const step = () => {
            const share = Math.min(1, (performance.now() - start) / ms)
            box.scrollTop = share * height
            if (share < 1) requestAnimationFrame(step)
            else resolve()
          }
          step()
        }),
      seconds * 1000,
    ),
  )
}

export async function toTop(page: Page, restMs: number): Promise<void> {
  await page.$eval(scroller, (box) => {
    box.scrollTop = 0
  })
  await page.waitForTimeout(restMs)
}

async function whileRecorded(page: Page, work: () => Promise<void>): Promise<Scrolled> {
  const record = await page.evaluateHandle(() => {
    const all = document.getElementsByTagName('*')
    const record = { frames: [] as number[], elements: all.length, isDone: false }
    let last: number | null = null
    const frame = (now: number) => {
      if (record.isDone) return
      if (last !== null) record.frames.push(now - last)
      last = now
      record.elements = Math.max(record.elements, all.length)
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    return record
  })
  await work()
  return record.evaluate((told) => {
    told.isDone = true
    return { frames: told.frames, elements: told.elements }
  })
}

/** Frames of more than 32 ms, of which each left out one or more: a share, 0 to 1. */
export const lateShare = (frames: readonly number[]): number => lateFrames(frames) / Math.max(1, frames.length)

export const lateFrames = (frames: readonly number[]): number => frames.filter((ms) => ms > 32).length
