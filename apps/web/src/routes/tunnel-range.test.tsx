import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router'
import type { TunnelHistoryAnswer } from '@tunnel-console/shared/status-answers'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { visibleTunnel } from '@tunnel-console/shared/visible'
import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { sessionQuery } from '../data/session.ts'
import { fakeBff, problem, sessionOf } from '../test/bff.tsx'
import { appRoute, rootRoute } from './root.tsx'
import { tunnelRoute } from './tunnel.tsx'

const id = '7'.padStart(32, '0')
const tunnel = visibleTunnel(Tunnel.parse({ id, name: 'branch-07' }), 'support')
const routeTree = rootRoute.addChildren([appRoute.addChildren([tunnelRoute])])

/** The page of a tunnel at an address, over a console that tells of a history as long as it is asked for. */
async function open(search: string) {
  const session = sessionOf('support')
  fakeBff({
    'GET /api/session': () => ({ body: session }),
    // "Not found" would say that the tunnel is gone.
    'GET /api/tunnels/:id/status': () => problem('upstream-timeout'),
    'GET /api/tunnels/:id': () => ({ body: { tunnel, version: 'v'.repeat(43), unknownFields: [], fetchedAt: '' } }),
  })
  const fake = window.fetch
  const days: number[] = []
  window.fetch = async (input, init) => {
    const url = new URL(String(input), location.origin)
    if (!url.pathname.endsWith('/history')) return fake(input, init)
    const from = url.searchParams.get('from') ?? ''
    days.push(Math.round((Date.now() - Date.parse(from)) / 86_400_000))
    return Response.json(historySince(from))
  }
  onTestFinished(() => {
    window.fetch = fake
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queryClient.setQueryData(sessionQuery().queryKey, session)
  const history = createMemoryHistory({ initialEntries: [`/tunnels/${id}${search}`] })
  const router = createRouter({ routeTree, context: { queryClient }, history })
  const screen = await render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
  return { days, history, unmount: screen.unmount }
}

function historySince(from: string): TunnelHistoryAnswer {
  const periods = [{ state: 'up' as const, reason: 'Health checks pass 100%', from, to: null }]
  const to = new Date().toISOString()
  return { from, to, periods, changes: [], coverage: 1, uptime: 1, traffic: [], older: null }
}

const chosen = (name: string) => page.getByRole('button', { name, pressed: true, exact: true })

test.each([
  ['', '24 hours', 1],
  ['?range=7d', '7 days', 7],
  ['?range=90d', '90 days', 90],
  ['?range=24h', '24 hours', 1],
  ['?range=ever', '24 hours', 1],
])('the address says how far back the history goes, and what is none is a day: %s', async (search, words, number) => {
  const { days } = await open(search)
  await expect.element(chosen(words)).toBeVisible()
  await expect.element(page.getByRole('slider', { name: 'States in time' })).toBeVisible()
  expect(days).toEqual([number])
})

test('a choice stands in the address, a reload keeps it, and Back returns to the one before', async () => {
  const { days, history, unmount } = await open('?range=7d')
  await page.getByRole('button', { name: '90 days' }).click()
  await expect.element(chosen('90 days')).toBeVisible()
  expect(history.location.search).toBe('?range=90d')
  await expect.poll(() => days).toEqual([7, 90])
  history.back()
  await expect.element(chosen('7 days')).toBeVisible()
  expect(history.location.search).toBe('?range=7d')
  await page.getByRole('button', { name: '24 hours' }).click()
  await expect.element(chosen('24 hours')).toBeVisible()
  expect(history.location.search).toBe('')
  history.go(-1)
  await expect.element(chosen('7 days')).toBeVisible()
  await unmount()
  const again = await open(history.location.search)
  await expect.element(chosen('7 days')).toBeVisible()
  await expect.poll(() => again.days).toEqual([7])
})
