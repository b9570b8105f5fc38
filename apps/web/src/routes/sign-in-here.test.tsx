import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { fakeBff, sessionOf } from '../test/bff.tsx'
import { SignInHere } from './sign-in-here.tsx'

/** Where a sign-in leads to whose answer says this. */
async function landing(answer: { isFirst?: true }) {
  fakeBff({
    'GET /api/sign-in-options': () => ({ body: { mode: 'live', setupNeeded: false } }),
    'POST /api/auth/sign-in/email': () => ({ body: { ok: true, ...answer } }),
    'GET /api/session': () => ({ body: sessionOf('admin') }),
  })
  const root = createRootRoute()
  const signIn = createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: (): { from?: string } => ({ from: '/jobs' }),
    component: SignInHere,
  })
  const history = createMemoryHistory({ initialEntries: ['/sign-in'] })
  const router = createRouter({ routeTree: root.addChildren([signIn]), history })
  await render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
  await page.getByLabelText('Email').fill('ada@example.com')
  await page.getByLabelText('Password', { exact: true }).fill('a long enough password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  return expect.poll(() => history.location.href)
}

test('the first administrator is shown the connection at their first sign-in', async () => {
  await (await landing({ isFirst: true })).toBe('/settings/connection?welcome=true')
})

test('everybody else goes on to the page that they asked for', async () => {
  await (await landing({})).toBe('/jobs')
})
