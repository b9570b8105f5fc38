import type { Page } from '@playwright/test'
import { expect, type Role, test } from './fixtures.ts'
import { openHeld, untilDrawn } from './held-code.ts'
import { button, heading, idOf, link, row } from './steps.ts'

interface Part {
  text: string
  at: number[]
}

/**
 * What is seen in a page of the list, and where: all that has a place of its own, and the first rows cell by cell. On a phone a
 * second more may take a line more, so of its rows only where they begin and how wide they are.
 */
const seenIn = (page: Page, place: '#first' | '#root') =>
  page.locator(place).evaluate((element): Part[] => {
    const parts =
      'header nav a, h1, header button, main > header a, main input[type=search], fieldset button, thead th, tbody tr:nth-child(-n + 8) > *'
    return [...element.querySelectorAll<HTMLElement>(parts)].flatMap((part) => {
      const { x, y, width, height } = part.getBoundingClientRect()
      // Only what goes on by itself says how fresh it is.
      if (width === 0 || part.ariaLabel?.includes('live updates')) return []
      const copy = part.cloneNode(true) as HTMLElement
      for (const unseen of copy.querySelectorAll('.sr-only, kbd, title')) unseen.remove()
      // A second may have passed.
      return [
        {
          text: (copy.textContent ?? '').replaceAll(/\d+ s(?![a-z])/g, '# s'),
          at: [x, y, width, height].map(Math.round),
        },
      ]
    })
  })

test.describe('T7 the page comes with the rows that its code draws in their place', () => {
  const screens: [Role, number, number][] = [
    ['Admin', 1440, 900],
    ['Operator', 1280, 800],
    ['Support', 390, 844],
  ]
  for (const [role, width, height] of screens) {
    test(`for ${role} at ${width} pixels`, async ({ as }) => {
      const page = await as(role)
      await page.setViewportSize({ width, height })
      await page.setExtraHTTPHeaders({ 'sec-ch-ua-mobile': width < 720 ? '?1' : '?0' })
      await untilDrawn(page)
      const { release } = await openHeld(page)
      await expect(page.locator('#first-list')).toBeVisible()
      // Fonts are on their way yet.
      await page.evaluate(() => document.fonts.ready)
      const before = await seenIn(page, '#first')
      expect(before.filter(({ text }) => text.includes('paris-b')).length).toBeGreaterThan(0)
      release()
      await expect(page.locator('#root tbody tr').first()).toBeVisible()
      await expect(page.locator('#first-list')).toHaveCount(0)
      await expect(page.locator('#root section[aria-label="Overview"]')).toBeVisible()
      await expect.poll(() => seenIn(page, '#root')).toEqual(before)
      await page.unrouteAll({ behavior: 'ignoreErrors' })
    })
  }
})

test('T7 the drawn rows cannot be pressed or heard, and what is there when the code comes can', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  const { release } = await openHeld(page)
  await expect(page.locator('#first-list')).toBeVisible()
  await expect(link(page, 'paris-b')).toHaveCount(0)
  await page.mouse.click(700, 140)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
  release()
  await row(page, 'paris-b').getByRole('link', { name: 'paris-b' }).click()
  await expect(heading(page, 'paris-b')).toBeVisible()
})

test('T7 while the page waits for its data the drawn rows stay, and code that never comes leaves none', async ({
  as,
}) => {
  const page = await as('Admin')
  await untilDrawn(page)
  await page.clock.install()
  let answer = () => undefined
  const held = new Promise<undefined>((done) => {
    answer = () => done(undefined) as undefined
  })
  await page.route('**/api/tunnels', async (route) => {
    await held
    await route.continue().catch(() => undefined)
  })
  await page.goto('/tunnels', { waitUntil: 'commit' })
  await page.clock.runFor(2000)
  const rows = page.locator('#root #first-list')
  await expect(rows.getByText('paris-b')).toBeVisible()
  await expect(link(page, 'Create tunnel')).toBeVisible()
  await page.clock.runFor(15_000)
  await expect(rows).toBeHidden()
  await expect(page.getByRole('status', { name: 'Loading tunnels' })).toBeVisible()
  answer()
  await expect(row(page, 'paris-b')).toBeVisible()
})

test('T7 drawn rows are not older than they look where the machine slept meanwhile', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  await page.clock.install()
  await openHeld(page)
  await page.clock.runFor(2000)
  await expect(page.locator('#first-list')).toBeVisible()
  await page.clock.setSystemTime(Date.now() + 3_600_000)
  await page.clock.runFor(1000)
  await expect(page.locator('#first-list')).toBeHidden()
})

test('S33 whose session has ended meanwhile sees the rows no longer', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  await page.route('**/api/session', (route) => route.fulfill({ status: 401 }))
  await openHeld(page)
  await expect(page.locator('#first')).toBeHidden()
})

test('where its first script fails once, the page begins all the same', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  await page.route('**/first.js', (route) => route.abort(), { times: 1 })
  await page.goto('/tunnels')
  await expect(row(page, 'paris-b')).toBeVisible()
  await expect(page.locator('#first')).toHaveCount(0)
  // Where it does not, it is not fetched again.
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('/tunnels')
  await expect(row(page, 'paris-b')).toBeVisible()
  expect(asked.filter((path) => path === '/first.js')).toHaveLength(1)
})

test('who has set something, or looks through other eyes, sees no rows that are not theirs', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  const isShown = async (path = '/tunnels') => {
    await page.goto(path)
    return page.evaluate(() => document.documentElement.dataset['first'] !== undefined)
  }
  expect(await isShown()).toBe(true)
  expect(await isShown('/tunnels?state=down')).toBe(false)
  await page.goto('/tunnels?view-as=support')
  await expect(button(page, /Back to/)).toBeVisible()
  expect(await isShown()).toBe(false)
  await button(page, /Back to/).click()
  await expect(link(page, 'Create tunnel')).toBeVisible()
  expect(await isShown()).toBe(true)
  await page.evaluate(() => localStorage.setItem('site-ending', '-(main|backup)$'))
  expect(await isShown()).toBe(false)
  await page.evaluate(() => localStorage.removeItem('site-ending'))
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith('list-looks ')) ?? 'list-looks sandbox-admin'
    localStorage.setItem(key, '{"columns":["bgp"],"density":"comfortable"}')
  })
  expect(await isShown()).toBe(false)
})

test('T7 what a sign-out leaves in the browser keeps no rows from whoever has set nothing', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  await button(page, /^Ada Admin/).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await button(page, /Admin/).click()
  await expect(row(page, 'paris-b')).toBeVisible()
  await page.goto('/tunnels')
  expect(await page.evaluate(() => document.documentElement.dataset['first'] !== undefined)).toBe(true)
})

test('S60 what somebody called a tunnel is text in the drawn page too', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  const id = await idOf(page, 'paris-b')
  const hostile = '"><img src=x onerror=alert(1)> style="color:red'
  const { version } = (await (await page.request.get(`/api/tunnels/${id}`)).json()) as { version: string }
  const headers = { 'x-tunnel-console': '1', 'sec-fetch-site': 'same-origin', 'if-match': `"${version}"` }
  const answer = await page.request.put(`/api/tunnels/${id}`, { data: { description: hostile }, headers })
  expect(answer.ok(), await answer.text()).toBe(true)
  await expect
    .poll(async () => {
      await openHeld(page)
      return page.locator('#first-list').getByText(hostile).count()
    })
    .toBe(1)
  expect(await page.locator('#first img, #first [style*=color]').count()).toBe(0)
})
