import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { byTurns, untilQuiet } from './turns.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const press = () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))

/** Whether it has come about yet. */
function watch(work: Promise<unknown>) {
  const state = { isDone: false }
  void work.then(() => {
    state.isDone = true
  })
  return state
}

test('T8 what nobody asked for by a key waits until nobody types', async () => {
  await vi.advanceTimersByTimeAsync(1000)
  press()
  const work = watch(untilQuiet())
  await vi.advanceTimersByTimeAsync(300)
  press()
  await vi.advanceTimersByTimeAsync(300)
  expect(work.isDone).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect(work.isDone).toBe(true)
  const next = watch(untilQuiet())
  await vi.advanceTimersByTimeAsync(0)
  expect(next.isDone).toBe(true)
})

test('T8 who never stops typing has it after five seconds', async () => {
  press()
  const work = watch(untilQuiet())
  for (let i = 0; i < 49; i++) {
    await vi.advanceTimersByTimeAsync(100)
    press()
  }
  expect(work.isDone).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect(work.isDone).toBe(true)
})

test('T8 long work goes in turns, and at once where nobody sees the page', async () => {
  vi.useRealTimers()
  const steps = function* () {
    for (let i = 0; i < 4; i++) {
      const end = performance.now() + 12
      while (performance.now() < end);
      yield undefined
    }
    return 'all'
  }
  const turnsOf = async () => {
    let turns = 0
    const timer = setInterval(() => turns++)
    expect(await byTurns(steps())).toBe('all')
    clearInterval(timer)
    return turns
  }
  expect(await turnsOf()).toBeGreaterThan(1)
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  expect(await turnsOf()).toBe(0)
  hidden.mockRestore()
})
