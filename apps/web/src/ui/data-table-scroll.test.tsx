import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { sidewaysIn } from '../test/looks.ts'
import { DataTable } from './data-table.tsx'
import { columnsOf } from './data-table-kit.ts'

interface Site {
  id: string
  name: string
  town: string
}

const column = columnsOf<Site>()
const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: (cell) => <a href={`#${cell.getValue()}`}>{cell.getValue()}</a>,
    brief: ({ name }) => name,
    tint: ({ name }) => name,
    meta: { isRowHeader: true, width: '12rem' },
  }),
  column.accessor('town', { header: 'Town', tint: ({ town }) => town, meta: { width: '12rem' } }),
])

const sites = (count: number): Site[] =>
  Array.from({ length: count }, (_, i) => ({ id: `id-${i}`, name: `site-${i}`, town: `town-${i}` }))

const tableOf = (rows: readonly Site[]) => (
  <DataTable caption="Sites" columns={columns} rows={rows} rowId={({ id }) => id} />
)

beforeEach(() => page.viewport(1000, 700))

const scroller = () => page.getByRole('region', { name: 'Sites, scrolls' }).element()
const rowOf = (n: number) => document.querySelector<HTMLElement>(`tr[data-row="id-${n}"]`)
const link = (n: number) => page.getByRole('link', { name: `site-${n}`, exact: true })
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))

async function scrollBy(pixels: number) {
  scroller().scrollTop += pixels
  // The event comes with the next frame.
  await frame()
  await frame()
}

test('T9 a row that stays in view while others come is the same element', async () => {
  await render(tableOf(sites(1000)))
  await expect.element(link(6)).toBeVisible()
  const before = rowOf(6)
  for (let step = 0; step < 4; step++) await scrollBy(40)
  expect(before).not.toBeNull()
  expect(rowOf(6)).toBe(before)
  expect(rowOf(14)).not.toBeNull()
})

test('T9 rows that fly past tell only what they are, each in its true place, and are whole once it rests', async () => {
  await render(tableOf(sites(5000)))
  await expect.element(link(0)).toBeVisible()
  await scrollBy(100_000)
  const flying = rowOf(2500)
  expect(flying?.textContent).toBe('site-2500')
  expect(flying?.getAttribute('aria-rowindex')).toBe('2502')
  expect(flying?.querySelector('th[scope=row]')?.textContent).toBe('site-2500')
  expect(flying?.querySelector('a')).toBeNull()
  await scrollBy(4_000)
  expect(rowOf(2600)?.textContent).toBe('site-2600')
  await expect.element(link(2600)).toBeVisible()
  const shown = [...document.querySelectorAll<HTMLElement>('tr[data-row]')]
  await expect.poll(() => shown.filter((row) => row.isConnected && !row.querySelector('a'))).toEqual([])
  expect(rowOf(2600)?.textContent).toBe('site-2600town-2600')
})

test('T9 no row is asked how tall it is as it comes in, and one that is taller counts as what it is', async () => {
  const tall = sites(1000).map((site, i) =>
    i === 2 ? { ...site, town: 'a town of a very long name '.repeat(12) } : site,
  )
  const property = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'offsetHeight')
  const asked: Element[] = []
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', {
    configurable: true,
    get(this: HTMLElement) {
      if (this.matches('tr')) asked.push(this)
      return property?.get?.call(this) as number
    },
  })
  onTestFinished(() => void Object.defineProperty(HTMLElement.prototype, 'offsetHeight', property ?? {}))
  await render(tableOf(tall))
  await expect.element(link(0)).toBeVisible()
  // All others are 40 pixels tall.
  const more = (rowOf(2)?.getBoundingClientRect().height ?? 40) - 40
  for (let step = 0; step < 4; step++) await scrollBy(200)
  expect(rowOf(20)).not.toBeNull()
  expect(asked).toEqual([])
  expect(more).toBeGreaterThan(10)
  await expect.poll(() => scroller().scrollHeight).toBeGreaterThan(1000 * 40 + more - 2)
})

test('T8 a filter that lets a hundred of many rows through draws those in view, and one that lets few through all of them', async () => {
  const screen = await render(tableOf(sites(1000)))
  await expect.element(link(0)).toBeVisible()
  await screen.rerender(tableOf(sites(100)))
  await expect.element(page.getByText('100 rows. Rows load as you scroll.')).toBeVisible()
  await expect.poll(() => document.querySelectorAll('tr[data-row]').length).toBeLessThan(40)
  expect(rowOf(99)).toBeNull()
  await screen.rerender(tableOf(sites(20)))
  await expect.element(link(19)).toBeInTheDocument()
  expect(document.querySelectorAll('tr[data-row]')).toHaveLength(20)
  await screen.rerender(tableOf(sites(200)))
  await expect.element(page.getByText('200 rows. Rows load as you scroll.')).toBeVisible()
  expect(rowOf(199)).toBeNull()
})

test('T9 columns keep their widths whatever scrolls in', async () => {
  const rows = sites(1000)
  rows[900] = { id: 'id-900', name: 'a name that is very much longer than all the others are, by far', town: 'x' }
  await render(tableOf(rows))
  await expect.element(link(0)).toBeVisible()
  const widths = () => [...document.querySelectorAll<HTMLElement>('thead th')].map((head) => head.offsetWidth)
  const before = widths()
  await scrollBy(900 * 40 - 100)
  await expect.element(page.getByRole('link', { name: /very much longer/ })).toBeVisible()
  expect(widths()).toEqual(before)
})

test('a cell that changes is tinted, and neither its neighbours nor a row that comes into view', async () => {
  const rows = sites(1000)
  const { rerender } = await render(tableOf(rows))
  await expect.element(link(1)).toBeVisible()
  await rerender(tableOf(rows.map((row, i) => (i === 1 ? { ...row, town: 'elsewhere' } : row))))
  await expect.element(page.getByText('elsewhere')).toBeVisible()
  const tinted = [...document.querySelectorAll('.tinted')].map((mark) => mark.closest('td, th')?.textContent)
  expect(tinted).toEqual(['elsewhere'])
  await scrollBy(20_000)
  await expect.element(link(510)).toBeVisible()
  expect(document.querySelector('.tinted')).toBeNull()
})

test.each([1000, 1400])(
  'cells stay at the left where the table is wider than its place, and only there: %i px',
  async (width) => {
    await page.viewport(width, 700)
    await render(tableOf(sites(400)))
    await expect.element(link(0)).toBeVisible()
    const position = () => getComputedStyle(document.querySelector('tbody th') as Element).position
    expect(sidewaysIn(scroller())).toBe(0)
    await expect.poll(position).toBe('static')
    document.body.style.width = '200px'
    onTestFinished(() => document.body.removeAttribute('style'))
    await expect.poll(position).toBe('sticky')
    expect(sidewaysIn(scroller())).toBeGreaterThan(0)
    scroller().scrollLeft = 100
    const left = (element: Element | null) => element?.getBoundingClientRect().left
    await expect.poll(() => left(document.querySelector('tbody th'))).toBe(left(scroller()))
  },
)
