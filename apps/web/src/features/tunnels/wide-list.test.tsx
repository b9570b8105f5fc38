import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { sidewaysIn } from '../../test/looks.ts'
import { defaultLooks, setListLooks } from './list-looks.ts'
import { person, renderList, tunnelAt, worldOf } from './test-world.tsx'

const table = page.getByRole('table', { name: 'IPsec tunnels' })
const region = page.getByRole('region', { name: 'IPsec tunnels, scrolls' })
const heads = () => [...table.element().querySelectorAll('thead th[scope=col]')].map((head) => head.textContent?.trim())

beforeEach(() => localStorage.clear())

/** Tunnels with the longest of everything: addresses, states, times, words. */
const longest = ['aws-eu-west-2-transit-gateway-primary-a', 'b', 'c'].map((name, n) =>
  tunnelAt(n, {
    name,
    description: 'The sales office beyond the river, second floor, by the lift',
    cloudflare_endpoint: '162.159.135.110',
    customer_endpoint: '198.151.100.130',
    interface_address: '169.254.240.238/31',
    bgp: { customer_asn: 65010, extra_prefixes: [], md5_key: '' },
    bgp_status: { state: 'BGP_ESTABLISHING' },
  }),
)

async function showList(width: number) {
  await page.viewport(width, 800)
  // What the page leaves at both sides.
  document.body.style.padding = '0 24px'
  const world = worldOf(longest, { 0: 0.5 })
  for (const status of Object.values(world.statuses)) {
    status.since = '2026-11-22T11:58:00Z'
    status.isSinceExact = false
    status.affected = { share: 0.769, dataCentres: 3 }
    status.day = 'u'.repeat(24)
  }
  await renderList(world)
  await expect.element(table.getByRole('img').first()).toBeVisible()
  // Letters that stand in for those on their way are wider.
  await document.fonts.ready
}

test('at 1280 px the usual columns fit, and only where the tunnel leads at Cloudflare is left to be chosen', async () => {
  await showList(1280)
  expect(heads()).toEqual([
    'State',
    'Name',
    'Affects traffic',
    'BGP',
    'Customer endpoint',
    'Inside address',
    '24 h',
    'Changed',
  ])
  expect(sidewaysIn(region.element())).toBe(0)
})

test('at 1440 px all usual columns are there and fit', async () => {
  await showList(1440)
  expect(heads()).toContain('Cloudflare endpoint')
  expect(heads()).toHaveLength(9)
  expect(sidewaysIn(region.element())).toBe(0)
})

test('a name is cut where room is short, tells itself whole, and has more room where there is some', async () => {
  await showList(1280)
  const name = table.getByRole('rowheader').first().element()
  const cut = name.clientWidth
  setListLooks(person, { columns: ['affects', 'changed'], density: 'comfortable' })
  await expect.poll(() => name.clientWidth).toBeGreaterThan(cut)
  await expect
    .element(page.getByRole('link', { name: longest[0]?.name ?? '' }))
    .toHaveAttribute('title', longest[0]?.name)
})

test('what a person chose stays whatever the room, and what nobody chose follows it', async () => {
  setListLooks(person, { ...defaultLooks(person, true), density: 'compact' })
  await showList(1280)
  expect(heads()).toContain('Cloudflare endpoint')
  await page.viewport(1280, 800)
  setListLooks(person, { ...defaultLooks(person), density: 'compact' })
  await expect.poll(heads).not.toContain('Cloudflare endpoint')
  await page.viewport(1440, 800)
  await expect.poll(heads).toContain('Cloudflare endpoint')
})
