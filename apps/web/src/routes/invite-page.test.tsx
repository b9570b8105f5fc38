import type { ProblemCode } from '@tunnel-console/shared/problem'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { linkQuery } from '../data/links.ts'
import { oneTimeTokens } from '../features/session/one-time-token.ts'
import { fakeBff, problem, show } from '../test/bff.tsx'
import { InvitePage } from './invite-page.tsx'

beforeEach(() => {
  oneTimeTokens.invite = 'canary-token'
})

/** Opens the page, and comes back to it as `main.tsx` does it for a page that wakes up. */
async function openTwice(code: ProblemCode, words: RegExp) {
  const sent = fakeBff({ 'POST /api/invite/look': () => problem(code) })
  const client = await show(<InvitePage />)
  await expect.element(page.getByText(words)).toBeVisible()
  const asked = sent.length
  await client.refetchQueries({ type: 'active', stale: true })
  await expect.element(page.getByText(words)).toBeVisible()
  expect(client.getQueryState(linkQuery('').queryKey)?.error?.problem.code).toBe(code)
  return [asked, sent.length]
}

test.each<ProblemCode>(['gone', 'not-found'])('a link of which was told %s is not asked for again', async (code) => {
  expect(await openTwice(code, /^This link does not work any more/)).toEqual([1, 1])
})

test('a link of which nothing could be told is asked for again', async () => {
  expect(await openTwice('storage-unavailable', /database cannot be used/)).toEqual([1, 2])
})
