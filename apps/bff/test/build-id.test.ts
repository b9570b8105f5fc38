import { expect, test } from 'vitest'
import type { Assets } from '../src/deps.ts'
import { startWorld } from './world.ts'

const shell =
  (text: string): Assets =>
  async (path) =>
    path === '/index.html' ? new Response(`<!doctype html>${text}`) : null

test('H8 the answer that each page asks for every minute names the build that is served', async () => {
  const page = '<script type="module" crossorigin src="/assets/index-BT2xx3TZ.js"></script>'
  const world = await startWorld({ deps: { assets: shell(page) } })
  const signedOut = await world.send('/api/session')
  expect([signedOut.status, signedOut.headers.get('x-build')]).toEqual([401, 'index-BT2xx3TZ'])
})

test.each<[string, Assets | undefined]>([
  ['without a built page', undefined],
  ['with a page of another make', shell('<p>no script</p>')],
  ['with files that cannot be read', () => Promise.reject(new Error('disk'))],
])('H8 %s no build is named, and the session is answered', async (_what, assets) => {
  const world = await startWorld({ deps: { ...(assets && { assets }) } })
  const answer = await world.send('/api/session')
  expect([answer.status, answer.headers.has('x-build')]).toEqual([401, false])
})
