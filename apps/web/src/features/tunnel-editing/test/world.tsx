import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { rolePermissions } from '@tunnel-console/shared/access'
import type { OutcomeAnswer, SessionAnswer, StatusAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import { type Problem, type ProblemCode, problemCodes } from '@tunnel-console/shared/problem'
import type { TunnelState } from '@tunnel-console/shared/status'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import type { ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { sessionQuery } from '../../../data/session.ts'

export const tunnelId = '0'.repeat(31).concat('7')

export const branch = Tunnel.parse({
  id: tunnelId,
  name: 'branch-07',
  cloudflare_endpoint: '162.159.64.1',
  customer_endpoint: '203.0.113.10',
  interface_address: '10.252.2.20/31',
  psk_metadata: { last_generated_on: '2026-01-02T03:04:05Z' },
})

const session: SessionAnswer = {
  user: { id: '1', email: 'ada@example.com', name: 'Ada', role: 'admin' },
  account: { id: 'a', name: 'Account' },
  mode: 'sandbox',
  permissions: rolePermissions.admin,
  expiresAt: '2999-01-01T00:00:00Z',
}

export type Answer = { status?: number; body: unknown }

export const problem = (code: ProblemCode, extras: Partial<Problem> = {}): Answer => {
  const [status, title] = problemCodes[code]
  return { status, body: { type: `urn:${code}`, title, status, code, ...extras } }
}

/** The list with these tunnels. */
export const list = (...tunnels: TunnelListAnswer['tunnels']): Answer => ({
  body: {
    tunnels,
    fetchedAt: '',
    stale: false,
    unreadable: 0,
    doubted: null,
    failure: null,
  } satisfies TunnelListAnswer,
})

/** The status answer of now, with these states by tunnel id. */
export function statuses(states: Record<string, TunnelState>): Answer {
  const source = { at: null, ok: true, failure: null }
  const entries = Object.entries(states).map(([id, state]) => [id, { state, reason: '', bgp: null, health: null }])
  const body: StatusAnswer = { statuses: Object.fromEntries(entries), sources: { tunnels: source, health: source } }
  return { body }
}

/** What `POST /api/changes/outcome` tells, one answer after the other; the last one stays. */
export function outcomes(...answers: (OutcomeAnswer | Answer)[]) {
  const told = answers.map((answer) => ('outcome' in answer ? { body: answer } : answer))
  return { 'POST /api/changes/outcome': () => (told.length > 1 ? told.shift() : told[0]) ?? problem('internal') }
}

/** No connection to the console. */
export const offline = (): never => {
  throw new TypeError('Failed to fetch')
}

export interface Sent {
  what: string
  headers: Headers
  body: unknown
}

/** Stands in for the BFF at the one door to the network, and remembers what was sent. */
export function fakeBff(answers: Record<string, (sent: Sent) => Answer | Promise<Answer>>): Sent[] {
  const real = window.fetch
  const all: Sent[] = []
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.origin)
    if (!url.pathname.startsWith('/api/')) return real(input, init)
    const what = `${init?.method ?? 'GET'} ${url.pathname.replace(tunnelId, ':id')}${url.search}`
    const sent = {
      what,
      headers: new Headers(init?.headers),
      body: JSON.parse(String(init?.body ?? 'null')) as unknown,
    }
    all.push(sent)
    const { status = 200, body } = (await answers[what]?.(sent)) ?? problem('not-found')
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
  }
  onTestFinished(() => {
    window.fetch = real
  })
  return all
}

/** Renders within a router and a query client of its own. */
export async function show(element: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery().queryKey, session)
  const rootRoute = createRootRoute({ component: () => element })
  const router = createRouter({ routeTree: rootRoute, history: createMemoryHistory() })
  await router.load()
  await render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
  return client
}

/** Presses by keyboard: without the stylesheet Base UI's backdrop lies over everything. */
export async function press(name: string | RegExp) {
  const button = page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
  ;(button.element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
}
