import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, sidewaysIn } from '../../../test/looks.ts'
import { down, entry, log, rows, states, whatChanged } from './test-world.tsx'

test('the lane of states, its rows and what is not known pass axe in light and dark, and fit a phone', async () => {
  const changes = [
    down(50, 6, { from: 'down', to: 'up' }),
    ...Array.from({ length: 31 }, (_, n) => down(n, 4, { planned: 'ISP work until 23:00, call the provider' })),
    down(40, 2, { lastSeen: '2026-11-28T09:30:00Z' }),
  ]
  const unwatched = [{ from: '2026-11-28T09:30:00Z', to: '2026-11-28T10:02:00Z', tunnels: 43 }]
  const older = { before: '2026-11-28T09:00:00Z', isRefused: true }
  await whatChanged([log([entry(5), entry(1)])], { ofStates: [states({ changes, unwatched, withoutData: 2, older })] })
  await page.getByRole('button', { name: /^Show these tunnels: 31 tunnels went down/ }).click()
  await expect.element(page.getByRole('list', { name: 'Tunnels' })).toBeVisible()
  expect(await axeFindings()).toEqual([])
  expect(rows.elements().length).toBeGreaterThan(5)
  expect(sidewaysIn(document.documentElement)).toBe(0)
})
