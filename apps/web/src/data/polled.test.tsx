import { endpoints } from '@tunnel-console/shared/contract'
import { ProblemError } from '@tunnel-console/shared/problem'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fetchConditional } from './polled.ts'

const answer = vi.fn<typeof fetch>()
beforeEach(() => {
  answer.mockReset()
  vi.stubGlobal('fetch', answer)
})
afterEach(() => vi.unstubAllGlobals())

const json = (text: string, headers: Record<string, string> = {}) =>
  new Response(text, { headers: { 'content-type': 'application/json', ...headers } })

test('a 304 gives the same body with a newer time', async () => {
  answer.mockResolvedValueOnce(json('{"statuses":{}}', { etag: '"a"', 'x-fetched-at': '2026-01-01T00:00:00Z' }))
  const first = await fetchConditional(endpoints.status, undefined)
  answer.mockResolvedValueOnce(new Response(null, { status: 304, headers: { 'x-fetched-at': '2026-01-01T00:00:05Z' } }))
  const second = await fetchConditional(endpoints.status, first)
  expect(new Headers(answer.mock.lastCall?.[1]?.headers).get('if-none-match')).toBe('"a"')
  expect(second.body).toBe(first.body)
  expect(second.fetchedAt).toBe('2026-01-01T00:00:05Z')
})

test('a polled answer that breaks off is a problem like any other', async () => {
  answer.mockResolvedValueOnce(json('{"statuses":'))
  await expect(fetchConditional(endpoints.status, undefined)).rejects.toBeInstanceOf(ProblemError)
})
