import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { sidewaysIn } from '../test/looks.ts'
import { SettingsPages } from './settings-pages.tsx'

test('on a phone the link of the page that is open is in sight, however far at the right', async () => {
  await page.viewport(300, 844)
  const history = createMemoryHistory({ initialEntries: ['/settings/webhooks'] })
  const router = createRouter({ routeTree: createRootRoute({ component: SettingsPages }), history })
  await render(<RouterProvider router={router as never} />)
  const row = page.getByRole('navigation', { name: 'Settings' })
  const link = page.getByRole('link', { name: 'Webhooks' })
  await expect.element(link).toBeVisible()
  expect(sidewaysIn(row.element())).toBeGreaterThan(0)
  const right = (element: Element) => Math.floor(element.getBoundingClientRect().right)
  await expect.poll(() => right(link.element())).toBeLessThanOrEqual(right(row.element()))
})
