import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { press } from '../../test/bff.tsx'
import { setListLooks } from './list-looks.ts'
import { asked, person, renderList, tunnelAt, worldOf } from './test-world.tsx'

const table = page.getByRole('table', { name: 'IPsec tunnels' })
const names = () =>
  table
    .getByRole('rowheader')
    .elements()
    .map((cell) => cell.querySelector('a')?.textContent)
const heads = () => [...table.element().querySelectorAll('thead th[scope=col]')].map((head) => head.textContent?.trim())

beforeEach(async () => {
  localStorage.clear()
  setListLooks(person, { columns: ['affects', 'day', 'changed'], density: 'comfortable' })
  await page.viewport(1200, 800)
})

const three = ['paris-a', 'paris-b', 'oslo-a'].map((name, n) => tunnelAt(n, { name }))

test('U8 a row says since when, whether it hurts traffic, and how its day was, in words as well', async () => {
  const world = worldOf(three)
  const [id = ''] = Object.keys(world.statuses)
  const status = world.statuses[id]
  if (!status) throw new Error('No status')
  world.statuses[id] = {
    ...status,
    state: 'down',
    since: new Date(Date.now() - 3 * 3_600_000 - 60_000).toISOString(),
    isSinceExact: false,
    affected: { share: 0.62, dataCentres: 2 },
    day: `${'u'.repeat(20)}dddd`,
  }
  await renderList(world)
  const row = table.getByRole('row', { name: /paris-a/ })
  await expect.poll(() => row.element().textContent).toMatch(/Downfor ≥ 3 h/)
  await expect.poll(() => row.element().textContent).toMatch(/Yes, 62%/)
  await expect.element(row.getByRole('img', { name: '24 h: down in 4 h, up in 20 h' })).toBeVisible()
  await expect.poll(() => table.getByRole('row', { name: /oslo-a/ }).element().textContent).toMatch(/not known/)
})

test('columns are chosen for oneself, and are there again', async () => {
  await renderList(worldOf(three))
  await expect.element(table).toBeVisible()
  expect(heads()).toEqual(['State', 'Name', 'Affects traffic', '24 h', 'Changed'])
  await press('Columns')
  const bgp = page.getByRole('menuitemcheckbox', { name: 'BGP' })
  await expect.element(bgp).toHaveAttribute('aria-checked', 'false')
  ;(bgp.element() as HTMLElement).click()
  await expect.poll(heads).toEqual(['State', 'Name', 'Affects traffic', 'BGP', '24 h', 'Changed'])
  expect(localStorage.getItem('list-looks 1')).toContain('"bgp"')
})

test('compact rows keep their words for who cannot see them', async () => {
  setListLooks(person, { columns: [], density: 'compact' })
  await renderList(worldOf(three, { 0: 0.1 }))
  const row = table.getByRole('row', { name: /paris-a/ })
  await expect.poll(() => row.element().textContent).toMatch(/Health checks pass 10%/)
  expect((row.element() as HTMLElement).style.height).toBe('40px')
})

test('grouped by site, the site with the worst tunnel stands first and says how it stands', async () => {
  await renderList(worldOf(three, { 1: 0.1 }), { group: 'site' })
  await expect.element(table).toBeVisible()
  expect(names()).toEqual(['paris-b', 'paris-a', 'oslo-a'])
  const groups = [...table.element().querySelectorAll('th[scope=colgroup]')].map((head) => head.textContent)
  expect(groups).toEqual(['parisDown1 of 2', 'osloUp1 tunnel'])
  page.getByRole('link', { name: 'paris-a' }).element().focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(page.getByRole('link', { name: 'oslo-a' })).toHaveFocus()
})

test('2.2.2 grouped rows hold still under the focus too', async () => {
  const poll = await renderList(worldOf(three), { group: 'site' })
  const first = page.getByRole('link', { name: 'oslo-a' })
  await expect.element(first).toBeVisible()
  first.element().focus()
  poll(worldOf(three, { 0: 0.1 }))
  await expect.element(page.getByRole('button', { name: '1 row changed. Re-sort' })).toBeVisible()
  expect(names()).toEqual(['oslo-a', 'paris-a', 'paris-b'])
  await page.getByRole('button', { name: /Re-sort/ }).click()
  expect(names()).toEqual(['paris-a', 'paris-b', 'oslo-a'])
})

test('a view is saved under a name, shown again, and taken away', async () => {
  await renderList(worldOf(three, { 0: 0.1 }), { q: 'paris', sort: 'name', dir: 'desc' })
  await press('Views')
  ;(page.getByRole('menuitem', { name: 'Save this view…' }).element() as HTMLElement).click()
  await press('Save view')
  await expect.element(page.getByText('Give the view a name')).toBeInTheDocument()
  await page.getByLabelText('Name of what is shown now').fill('Paris')
  await press('Save view')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  ;(page.getByRole('button', { name: 'Clear filters' }).element() as HTMLElement).click()
  asked.set(null)
  await press('Views')
  ;(page.getByRole('menuitem', { name: 'Paris' }).element() as HTMLElement).click()
  await expect.poll(() => asked.get()).toMatchObject({ q: 'paris', sort: 'name', dir: 'desc' })
  await press('Views')
  ;(page.getByRole('menuitem', { name: 'Save or remove views…' }).element() as HTMLElement).click()
  await press('Remove view Paris')
  await expect.poll(() => localStorage.getItem('list-views 1')).toBe('{"views":[]}')
})
