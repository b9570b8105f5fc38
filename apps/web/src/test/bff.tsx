import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { type Role, rolePermissions } from '@tunnel-console/shared/access'
import type { SessionAnswer } from '@tunnel-console/shared/api'
import { type Problem, type ProblemCode, problemCodes } from '@tunnel-console/shared/problem'
import type { ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { sessionQuery } from '../data/session.ts'

/** The session of somebody with this role, in live mode and far from its end. */
export function sessionOf(role: Role, more: Partial<SessionAnswer> = {}): SessionAnswer {
  return {
    user: { id: '1', email: 'ada@example.com', name: 'Ada', role },
    account: { id: 'a', name: 'Account' },
    mode: 'live',
    permissions: rolePermissions[role],
    expiresAt: '2999-01-01T00:00:00Z',
    idleEndsAt: '2999-01-01T00:00:00Z',
    viewingAs: null,
    administrators: [{ name: 'Ada Admin', email: 'ada@example.com' }],
    ...more,
  }
}

export type Answer = { status?: number; body: unknown }

export const problem = (code: ProblemCode, extras: Partial<Problem> = {}): Answer => {
  const [status, title] = problemCodes[code]
  return { status, body: { type: `urn:${code}`, title, status, code, ...extras } }
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

export type Answers = Record<string, (sent: Sent) => Answer | Promise<Answer>>

/** Stands in for the BFF at the one door to the network, and remembers what was sent. A tunnel's id reads `:id`. */
export function fakeBff(answers: Answers): Sent[] {
  const real = window.fetch
  const all: Sent[] = []
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.origin)
    if (!url.pathname.startsWith('/api/')) return real(input, init)
    const what = `${init?.method ?? 'GET'} ${url.pathname.replace(/\b[0-9a-f]{32}\b/, ':id')}${url.search}`
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
export async function show(element: ReactNode, session: SessionAnswer = sessionOf('admin')) {
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
