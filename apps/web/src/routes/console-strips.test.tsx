import { expect, test, vi } from 'vitest'
import { fakeBff, sessionOf, show } from '../test/bff.tsx'
import { failedParts } from '../ui/lazy-part.tsx'
import { ConsoleStrips } from './console-strips.tsx'

test('parts that fail together have the session asked for once', async () => {
  const sent = fakeBff({
    'GET /api/session': async () => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      return { body: sessionOf('admin') }
    },
  })
  await show(<ConsoleStrips />)
  for (let i = 0; i < 5; i++) failedParts.set((count) => count + 1)
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(sent.map(({ what }) => what)).toEqual(['GET /api/session'])
})
