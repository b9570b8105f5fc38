import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isNewerThere } from '../lib/build.ts'
import { isOnline, isReached } from '../lib/connection.ts'
import { failedParts } from './lazy-part.tsx'
import { loadAllParts } from './load-all-parts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  isOnline.set(true)
  isReached.set(true)
  isNewerThere.set(false)
})

/** Parts that are there or not as the network is, and which of them were asked for. */
function threeParts() {
  const asked: string[] = []
  const network = { isGone: false }
  const parts: (() => Promise<void>)[] = []
  const add = (name: string) => {
    let isThere = false
    parts.push(async () => {
      if (isThere) return
      asked.push(name)
      isThere = !network.isGone
      if (network.isGone) failedParts.set((count) => count + 1)
      else if (name === 'a') add('within a')
    })
  }
  for (const name of ['a', 'b', 'c']) add(name)
  return { asked, network, parts }
}

test.each([
  ['there is no network', isOnline],
  ['the console cannot be reached', isReached],
])('parts are not fetched ahead while %s', async (_, store) => {
  const { asked, parts } = threeParts()
  store.set(false)
  void loadAllParts(parts)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(asked).toEqual([])
  store.set(true)
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toEqual(['a', 'b', 'c', 'within a'])
})

test('a newer version has none of the parts of this one, so they are not asked for', async () => {
  const { asked, parts } = threeParts()
  isNewerThere.set(true)
  void loadAllParts(parts)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(asked).toEqual([])
})

test('at the first part that fails the others wait, and that one is fetched after them', async () => {
  const { asked, network, parts } = threeParts()
  network.isGone = true
  void loadAllParts(parts)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toEqual(['a'])
  network.isGone = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toEqual(['a', 'b', 'c', 'a', 'within a'])
})
