import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { asked, opened, renderList, tunnelAt, worldOf } from './test-world.tsx'

const table = page.getByRole('table', { name: 'IPsec tunnels' })
const names = () =>
  table
    .getByRole('rowheader')
    .elements()
    .map((cell) => cell.querySelector('a')?.textContent)
// Wide enough for a table; a phone gets two-line rows.
beforeEach(() => page.viewport(1200, 800))

const three = [0, 1, 2].map((n) => tunnelAt(n))

test('the worst stands first, and equals by name', async () => {
  await renderList(worldOf(three, { 2: 0.1, 1: 0.1 }))
  await expect.element(table).toBeVisible()
  expect(names()).toEqual(['site-0001', 'site-0002', 'site-0000'])
})

test('on a phone a row says how much traffic is hurt, and of a tunnel that is up nothing', async () => {
  await page.viewport(390, 800)
  const world = worldOf(three.slice(0, 2), { 1: 0.1 })
  const [, hurt] = Object.values(world.statuses)
  if (!hurt) throw new Error('No status')
  hurt.affected = { share: 0.62, dataCentres: 2 }
  await renderList(world)
  await expect.element(page.getByText(/^62% of its traffic · Health checks pass 10%/)).toBeVisible()
  expect(page.getByText(/of its traffic/).elements()).toHaveLength(1)
})

test('rows hold still under the focus while their contents change, until they are sorted again', async () => {
  const poll = await renderList(worldOf(three))
  const last = page.getByRole('link', { name: 'site-0002' })
  await expect.element(last).toBeVisible()
  last.element().focus()
  poll(worldOf(three, { 2: 0.1 }))
  await expect.element(page.getByRole('row', { name: /Down.*site-0002/ })).toBeVisible()
  expect(names()).toEqual(['site-0000', 'site-0001', 'site-0002'])
  expect(document.activeElement).toBe(last.element())
  await page.getByRole('button', { name: '1 row changed. Re-sort' }).click()
  expect(names()).toEqual(['site-0002', 'site-0000', 'site-0001'])
  expect(document.activeElement).not.toBe(document.body)
})

test('rows hold still under the pointer, and move when it leaves', async () => {
  const poll = await renderList(worldOf(three))
  await userEvent.hover(page.getByRole('row', { name: /site-0000/ }).getByRole('rowheader'))
  poll(worldOf(three, { 2: 0.1, 1: 0.5 }))
  await expect.element(page.getByRole('button', { name: '2 rows changed. Re-sort' })).toBeVisible()
  expect(names()).toEqual(['site-0000', 'site-0001', 'site-0002'])
  await userEvent.hover(page.getByRole('searchbox', { name: 'Filter tunnels' }))
  await expect.element(page.getByRole('button', { name: /Re-sort/ })).not.toBeInTheDocument()
  expect(names()).toEqual(['site-0002', 'site-0001', 'site-0000'])
})

test('a row that another person deleted stays under the pointer until it leaves', async () => {
  const poll = await renderList(worldOf(three))
  await userEvent.hover(page.getByRole('row', { name: /site-0000/ }).getByRole('rowheader'))
  poll(worldOf(three.slice(1)))
  await expect.element(page.getByRole('button', { name: '1 row changed. Re-sort' })).toBeVisible()
  expect(names()).toEqual(['site-0000', 'site-0001', 'site-0002'])
})

test('an address finds the tunnel whose inside subnet contains it', async () => {
  await renderList(worldOf(three))
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill('10.252.0.3')
  await expect.element(page.getByText('1 of 3 tunnels')).toBeVisible()
  expect(names()).toEqual(['site-0001'])
})

test('counters count what the text finds, and filter when pressed', async () => {
  await renderList(worldOf(three, { 0: 0.1 }))
  const down = page.getByRole('button', { name: /^Down/ })
  await expect.element(down).toHaveTextContent('Down 1')
  await down.click()
  await expect.element(down).toHaveAttribute('aria-pressed', 'true')
  await expect.element(page.getByText('1 of 3 tunnels')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill('site-0002')
  await expect.element(down).toHaveTextContent('Down 0')
  await expect.element(page.getByRole('heading', { name: 'No tunnels match' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect.element(page.getByText('3 tunnels', { exact: true })).toBeVisible()
  await expect.element(page.getByRole('searchbox', { name: 'Filter tunnels' })).toHaveValue('')
})

test('old status is told as what was, without colour: rows, BGP and counters', async () => {
  const bgp_status = { state: 'BGP_UP', tcp_established: true, updated_at: null }
  const world = worldOf([tunnelAt(0, { bgp: { customer_asn: 64512 }, bgp_status })])
  const poll = await renderList(world)
  const counter = page.getByRole('button', { name: /up 1$/i })
  await expect.element(counter).toHaveTextContent('Up 1')
  expect(counter.element().querySelector('.text-up-fill')).not.toBeNull()
  poll(world, true)
  await expect.element(counter).toHaveTextContent('Was up 1')
  expect(counter.element().querySelector('.text-up-fill')).toBeNull()
  expect(table.getByText('Was up', { exact: true }).elements()).toHaveLength(2)
  expect(table.getByText('Up', { exact: true }).elements()).toHaveLength(0)
})

test('a view from a URL is shown, and nonsense in it is left out', async () => {
  await renderList(worldOf(three, { 0: 0.1 }), { q: 'site', state: 'up,nonsense', sort: 'name', dir: 'desc' })
  await expect.element(page.getByText('2 of 3 tunnels')).toBeVisible()
  expect(names()).toEqual(['site-0002', 'site-0001'])
})

test('inside addresses sort as numbers', async () => {
  const inside = ['10.252.0.100/31', '10.252.0.20/31', '10.252.0.4/31']
  const tunnels = inside.map((interface_address, n) => tunnelAt(n, { interface_address }))
  await renderList(worldOf(tunnels), { sort: 'inside' })
  await expect.element(table).toBeVisible()
  expect(names()).toEqual(['site-0002', 'site-0001', 'site-0000'])
})

test('a BGP state that nobody knows is shown as itself and is never up', async () => {
  const bgp_status = { state: 'BGP_FLAPPING', tcp_established: true, updated_at: null }
  await renderList(worldOf([tunnelAt(0, { bgp: { customer_asn: 64512 }, bgp_status })]))
  await expect.element(table.getByText('Unknown (BGP_FLAPPING)')).toBeVisible()
  await expect.element(page.getByRole('button', { name: /^Up/ })).toHaveTextContent('Up 0')
})

test('10 000 tunnels: few rows in the page, each with its true place', async () => {
  const style = document.createElement('style')
  style.textContent = 'section[tabindex="0"] { max-height: 400px; overflow: auto }'
  document.head.append(style)
  await renderList(worldOf(Array.from({ length: 10_000 }, (_, n) => tunnelAt(n))))
  await expect.element(table).toHaveAttribute('aria-rowcount', '10001')
  const scroller = table.element().closest('section')
  scroller?.scrollTo({ top: 200_000 })
  await expect.poll(() => names()[0]).not.toBe('site-0000')
  const rows = [...table.element().querySelectorAll('tbody tr[data-row]')]
  const places = rows.map((row) => Number(row.getAttribute('aria-rowindex')))
  expect(rows.length).toBeLessThan(60)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(rows.map((row) => row.querySelector('a')?.textContent)).toEqual(
    places.map((place) => `site-${String(place - 2).padStart(4, '0')}`),
  )
  style.remove()
})

test('on a phone a row is a card: name, state, inside address', async () => {
  await page.viewport(360, 700)
  await renderList(worldOf(three, { 1: 0.1 }))
  const row = page.getByRole('row', { name: /site-0001/ })
  await expect.element(row.getByText('Down', { exact: true })).toBeVisible()
  expect(row.element().textContent).toContain('10.252.0.2/31')
})

test('Enter in the filter opens the first that the text finds, and down leads into the rows', async () => {
  opened.set(null)
  await renderList(worldOf(three, { 1: 0.1 }))
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill('down')
  await userEvent.keyboard('{Enter}')
  expect(opened.get()?.tunnel.name).toBe('site-0001')
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(page.getByRole('link', { name: 'site-0001' })).toHaveFocus()
})

test('what was typed is written at once when the field is left: later it would lead back from the next page', async () => {
  await renderList(worldOf(three))
  const filter = page.getByRole('searchbox', { name: 'Filter tunnels' })
  await filter.fill('site-0001')
  asked.set(null)
  await filter.fill('site-0002')
  filter.element().blur()
  expect(asked.get()?.q).toBe('site-0002')
})

test('counters of what was there stay at zero', async () => {
  const poll = await renderList(worldOf(three, { 1: 0.5 }))
  const degraded = page.getByRole('button', { name: /^Degraded/ })
  await expect.element(degraded).toHaveTextContent('Degraded 1')
  poll(worldOf(three))
  await expect.element(degraded).toHaveTextContent('Degraded 0')
  await expect.element(page.getByRole('button', { name: /^Down/ })).toHaveTextContent('Down 0')
})

test('that nothing is unknown is said from the start, and stays said', async () => {
  const poll = await renderList(worldOf(three))
  const unknown = page.getByRole('button', { name: /^Unknown/ })
  await expect.element(unknown).toHaveTextContent('Unknown 0')
  const { tunnels, statuses } = worldOf(three)
  poll({ tunnels, statuses: {} })
  await expect.element(unknown).toHaveTextContent('Unknown 3')
  poll({ tunnels, statuses })
  await expect.element(unknown).toHaveTextContent('Unknown 0')
})

test('one tunnel is one, and no more', async () => {
  await renderList(worldOf(three.slice(0, 1)))
  await expect.element(page.getByText('1 tunnel', { exact: true }).first()).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill('nothing like it')
  await expect.element(page.getByText('0 of 1 tunnel', { exact: true }).first()).toBeVisible()
})
