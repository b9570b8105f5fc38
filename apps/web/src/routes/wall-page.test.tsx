import type { StatusAnswer } from '@tunnel-console/shared/api'
import { noHistory, type TunnelState, type TunnelStatus } from '@tunnel-console/shared/status'
import { expect, onTestFinished, test } from 'vitest'
import { type Locator, page } from 'vitest/browser'
import { wallLink } from '../features/tunnels/wall/wall-link.ts'
import { type Answers, fakeBff, offline, problem, show } from '../test/bff.tsx'
import { WallPage } from './wall-page.tsx'

const reads = (what: Locator, words: RegExp) => expect.poll(() => what.element().textContent).toMatch(words)

const statusOf = (state: TunnelState): TunnelStatus => ({
  state,
  reason: 'Health checks pass 0%',
  bgp: null,
  health: null,
  ...noHistory,
})
const source = { at: '2026-11-28T12:00:00Z', ok: true, failure: null }
const answer = (...states: TunnelState[]): StatusAnswer => ({
  statuses: Object.fromEntries(states.map((state, index) => [`id-${index}`, statusOf(state)])),
  sources: { tunnels: source, health: source },
})

const wall: Answers = {
  'GET /api/wall': () => ({ body: { account: 'Example', screen: { name: 'Hall' } } }),
  'GET /api/names': () => ({ body: { names: { 'id-0': 'paris-a', 'id-1': 'oslo-b' } } }),
}
const states = page.getByRole('list', { name: 'States' })
const attention = page.getByRole('region', { name: 'Needs attention' })

test('the wall counts every state and names what needs attention', async () => {
  fakeBff({ ...wall, 'GET /api/status': () => ({ body: answer('down', 'up', 'up') }) })
  await show(<WallPage />)
  await reads(states, /1Down2Up/)
  await expect.element(attention.getByText('paris-a')).toBeInTheDocument()
  expect(attention.getByRole('listitem').elements()).toHaveLength(1)
})

test.each<[TunnelState, string]>([
  ['down', 'paris-aDown100% of its traffic · Health checks pass 0%'],
  ['needs-key', 'paris-aNeeds keyHealth checks pass 0%'],
])('a tile says how much traffic is hurt, and nothing of it while there is no key: %s', async (state, words) => {
  const hurt = { ...statusOf(state), affected: { share: 1, dataCentres: 5 } }
  fakeBff({ ...wall, 'GET /api/status': () => ({ body: { ...answer(), statuses: { 'id-0': hurt } } }) })
  await show(<WallPage />)
  await expect.poll(() => attention.getByRole('listitem').element().textContent).toBe(words)
})

test('a tile keeps its name in sight, however long the word of its state is', async () => {
  await page.viewport(1440, 900)
  onTestFinished(() => page.viewport(414, 896))
  const planned = { text: 'ISP work', until: '2999-12-31T23:45:00Z', by: 'ada@example.com' }
  const status = { ...statusOf('recovering'), planned }
  fakeBff({ ...wall, 'GET /api/status': () => ({ body: { ...answer(), statuses: { 'id-0': status } } }) })
  await show(<WallPage />)
  const word = attention.getByText(/^Recovering, planned until/)
  await expect.element(word).toHaveAttribute('title', expect.stringMatching(/^Recovering, planned until/))
})

test('a wall on which nothing is wrong is quiet', async () => {
  fakeBff({ ...wall, 'GET /api/status': () => ({ body: answer('up', 'not-monitored') }) })
  await show(<WallPage />)
  await expect.element(page.getByText('Nothing needs attention')).toBeInTheDocument()
})

test('old news is told as what was, never as what is', async () => {
  const failed = { ...source, ok: false }
  const old = { ...answer('up', 'down'), sources: { tunnels: failed, health: failed } }
  fakeBff({ ...wall, 'GET /api/status': () => ({ body: old }) })
  await show(<WallPage />)
  await reads(states, /Was down.*Was up/)
})

test('a screen that nobody has let in says how it is let in', async () => {
  const refused = () => problem('unauthenticated')
  fakeBff({ 'GET /api/wall': refused, 'GET /api/names': refused, 'GET /api/status': refused })
  await show(<WallPage />)
  await expect.element(page.getByText('This screen is not let in')).toBeInTheDocument()
  await expect.element(page.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in?from=%2Fwall')
})

test('the link of a new screen is exchanged once, and the wall is there', async () => {
  let isIn = false
  const only = (body: unknown) => () => (isIn ? { body } : problem('unauthenticated'))
  const sent = fakeBff({
    'GET /api/wall': only({ account: 'Example', screen: { name: 'Hall' } }),
    'GET /api/names': only({ names: {} }),
    'GET /api/status': only(answer('up')),
    'POST /api/wall/open': () => {
      isIn = true
      return { body: { ok: true } }
    },
  })
  wallLink.set('a-link')
  await show(<WallPage />)
  await expect.element(page.getByText('Nothing needs attention')).toBeInTheDocument()
  expect(sent.filter(({ what }) => what.startsWith('POST')).map(({ body }) => body)).toEqual([{ link: 'a-link' }])
  expect(wallLink.get()).toBeNull()
})

test('a link that does not count any more is told', async () => {
  const refused = () => problem('unauthenticated')
  fakeBff({
    'GET /api/wall': refused,
    'GET /api/names': refused,
    'GET /api/status': refused,
    'POST /api/wall/open': () => problem('gone', { detail: 'This link was opened already' }),
  })
  wallLink.set('a-link')
  await show(<WallPage />)
  await reads(page.getByRole('alert'), /This link was opened already/)
})

test('H5 a console that stops answering leaves the last states there, dated', async () => {
  let isThere = true
  fakeBff({ ...wall, 'GET /api/status': () => (isThere ? { body: answer('down') } : offline()) })
  const client = await show(<WallPage />)
  await expect.element(attention.getByText('paris-a')).toBeInTheDocument()
  isThere = false
  await client.refetchQueries({ queryKey: ['status'] })
  await expect.element(page.getByText('The console does not answer. Trying again.')).toBeInTheDocument()
  await expect.element(attention.getByText('paris-a')).toBeInTheDocument()
})

test('H5 while states that were never read are asked for again, the page goes on saying why there are none', async () => {
  let asked = 0
  const never = new Promise<never>(() => undefined)
  fakeBff({ ...wall, 'GET /api/status': () => (asked++ === 0 ? problem('upstream-unauthorized') : never) })
  const client = await show(<WallPage />)
  const why = page.getByText('Cloudflare refused the console’s API token')
  await expect.element(why).toBeVisible()
  void client.refetchQueries({ queryKey: ['status'] })
  await expect.poll(() => asked).toBe(2)
  await new Promise((resolve) => requestAnimationFrame(resolve))
  await expect.element(why).toBeVisible()
})

test('on a phone the wall is a list that shows all at once', async () => {
  await page.viewport(390, 844)
  onTestFinished(() => page.viewport(414, 896))
  fakeBff({
    ...wall,
    'GET /api/status': () => ({ body: answer(...Array.from({ length: 20 }, () => 'degraded' as const)) }),
  })
  await show(<WallPage />)
  await expect.poll(() => attention.getByRole('listitem').elements().length).toBe(20)
  await expect.element(page.getByText(/part 1 of/)).not.toBeInTheDocument()
})
