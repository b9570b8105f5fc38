import { type Check, type ConnectionReport, permissionsOf, type TokenCheck } from '@tunnel-console/shared/connection'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { show } from '../../test/bff.tsx'
import { ConnectionView } from './connection-view.tsx'

const yes: Check = {
  outcome: 'ok',
  status: 200,
  said: [],
  why: null,
  checkedAt: '2026-11-22T12:00:00.000Z',
  durationMs: 41,
}
const no: Check = { ...yes, outcome: 'refused', status: 403, said: [{ code: 10000, message: 'Authentication error' }] }
const inDays = (days: number) => new Date(Date.now() + (days + 0.5) * 86_400_000).toISOString()
const token = (more: Partial<TokenCheck> = {}): TokenCheck => ({
  ...yes,
  token: 'api',
  isOnly: true,
  state: 'active',
  owner: 'user',
  expiresOn: null,
  ...more,
})

const usual = (): ConnectionReport['sources'] => [
  { ...yes, source: 'tunnels', count: 63 },
  { ...yes, source: 'routes', count: 1 },
  { ...yes, source: 'analytics', count: 60 },
]

function reportOf(more: Partial<ConnectionReport> = {}): ConnectionReport {
  const found = { tokens: [token()], sources: usual(), write: yes, ...more }
  return {
    checkedAt: yes.checkedAt,
    durationMs: 300,
    againInSeconds: 60,
    permissions: permissionsOf(found),
    budget: { remaining: 1100, quota: 1200, resetInSeconds: 240 },
    clock: { aheadMs: 100, plusMinusMs: 520 },
    ...found,
  }
}

const see = (more?: Partial<ConnectionReport>) => show(<ConnectionView report={reportOf(more)} />)
const text = () => document.body.textContent ?? ''
/** The words of the item that begins with these. */
const item = (name: string) =>
  page
    .getByRole('listitem')
    .elements()
    .map(({ textContent }) => textContent)
    .find((words) => words.startsWith(name))

test('where all is well it says so first, and asks nothing of anybody', async () => {
  await see()
  await expect.element(page.getByText('Everything works')).toBeInTheDocument()
  expect(item('IPsec tunnels')).toContain('HTTP 200 · 63 entries · 41 ms')
  expect(item('Static routes')).toContain('1 entry')
  expect(text()).toContain('1,100 of 1,200, for another 4 min')
  expect(text()).toContain('As Cloudflare’s, give or take 0.5 s')
  expect(text()).not.toContain('How to add it')
})

test('a missing permission names itself, its price, the token and the way to add it', async () => {
  await see({ sources: [...usual().slice(0, 2), { ...no, source: 'analytics', count: null }] })
  await expect.element(page.getByText('The token seems to lack Account Analytics Read')).toBeInTheDocument()
  const told = item('Account Analytics Read')
  expect(told).toContain('The state of every tunnel is Unknown')
  expect(told).toContain('My Profile → API Tokens')
  expect(told).toContain('CLOUDFLARE_API_TOKEN')
  expect(told).toContain('Account → Account Analytics → Read')
  expect(item('Health analytics')).toContain('Cloudflare says: Authentication error (10000)')
})

test('where only some of what a permission opens is refused, nobody is sent to add what is there', async () => {
  await see({ sources: [...usual(), { ...no, source: 'gre', count: null }] })
  await expect.element(page.getByText('Cloudflare refuses GRE tunnels')).toBeInTheDocument()
  expect(item('Magic WAN Read')).toMatch(/Inside addresses that GRE tunnels use look free.*part of your plan/)
  expect(text()).not.toContain('How to add it')
})

test('a permission is sought with the token that would need it, where that one is managed', async () => {
  const tokens = [token({ isOnly: false }), token({ token: 'read', isOnly: false, owner: 'account' })]
  await see({ tokens, sources: [{ ...no, source: 'analytics', count: null }] })
  expect(item('Account Analytics Read')).toMatch(/Manage Account → Account API Tokens\..*CLOUDFLARE_READ_TOKEN/)
})

test('a token that only reads is told what cannot be done', async () => {
  await see({ write: no })
  await expect.element(page.getByText('The token seems to lack Magic WAN Write')).toBeInTheDocument()
  expect(item('Magic WAN Write')).toContain('Nothing can be created, changed or deleted')
})

test.each([
  [{ state: 'expired', expiresOn: inDays(-3) }, /Cloudflare does not take the API token.*in the past/],
  [{ expiresOn: inDays(12) }, /This token ends in 12 days/],
  [{ expiresOn: inDays(1) }, /This token ends in 1 day(?!s)/],
] as const)('of a token with %j it says so', async (more, words) => {
  await see({ tokens: [token(more)] })
  await expect.poll(text).toMatch(words)
})

test('a token that is not taken for anything is told as a whole, and no permission is sought', async () => {
  const tokens = [token({ ...no, state: null, owner: null })]
  await see({ tokens, write: no, sources: usual().map((source) => ({ ...source, ...no })) })
  await expect.element(page.getByText('Cloudflare does not take the API token')).toBeInTheDocument()
  expect(item('Magic WAN Read')).toContain('Not known')
  expect(text()).not.toContain('How to add it')
})

test('a token that ends in half a year is no reason to be warned', async () => {
  await see({ tokens: [token({ expiresOn: inDays(180) })] })
  await expect.poll(text).toContain('in 180 days')
  expect(text()).not.toContain('This token ends')
})

test('a source that did not answer is no missing permission', async () => {
  const silent = { ...yes, outcome: 'timeout', status: null, why: 'No answer within 8 s' } as const
  await see({ sources: [...usual().slice(0, 2), { ...silent, source: 'analytics', count: null }] })
  await expect.element(page.getByText('Cloudflare gave no answer to use on health analytics')).toBeInTheDocument()
  expect(item('Health analytics')).toMatch(/No answer.*no HTTP answer.*No answer within 8 s\./)
  expect(item('Account Analytics Read')).toContain('Not known')
})

test('a clock that is certainly off is warned of, with what it spoils', async () => {
  await see({ clock: { aheadMs: -90_000, plusMinusMs: 600 } })
  await expect.element(page.getByText('The console’s clock is 1 min behind Cloudflare’s')).toBeInTheDocument()
  expect(text()).toContain('jobs begin at the wrong time')
})
