import { expect, test, vi } from 'vitest'
import { fakeBff, sessionOf, show } from '../test/bff.tsx'
import { failedParts } from '../ui/lazy-part.tsx'
import { ConsoleStrips } from './console-strips.tsx'

test('parts that fail together have the session asked for once', async () => {
  const { promise: held, resolve: answer } = Promise.withResolvers<void>()
  const never = new Promise<void>(() => undefined)
  const waits = [held]
  const sent = fakeBff({
    'GET /api/session': async () => {
      await (waits.shift() ?? never)
      return { body: sessionOf('admin') }
    },
  })
  await show(<ConsoleStrips />)
  for (let i = 0; i < 5; i++) failedParts.set((count) => count + 1)
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  answer()
  // One that fails after the answer is a question of its own, and nothing else has been asked by then.
  await vi.waitFor(() => {
    failedParts.set((count) => count + 1)
    expect(sent).toHaveLength(2)
  })
  expect(sent.map(({ what }) => what)).toEqual(['GET /api/session', 'GET /api/session'])
})
