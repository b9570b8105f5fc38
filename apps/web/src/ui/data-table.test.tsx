import { useState } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { DataTable } from './data-table.tsx'
import { columnsOf } from './data-table-kit.ts'

interface Site {
  id: string
  name: string
  rank: number
}

const column = columnsOf<Site>()
const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: (cell) => <a href={`#${cell.getValue()}`}>{cell.getValue()}</a>,
    meta: { isRowHeader: true },
  }),
  column.accessor('rank', { header: 'Rank', meta: { align: 'right' } }),
])

const sites = (n: number): Site[] =>
  Array.from({ length: n }, (_, i) => ({ id: `id-${i}`, name: `site-${String(i).padStart(4, '0')}`, rank: n - i }))

const table = page.getByRole('table', { name: 'Sites' })
const names = () =>
  table
    .getByRole('rowheader')
    .elements()
    .map((cell) => cell.textContent)

test('a head sorts, says so, and turns around', async () => {
  await render(<DataTable caption="Sites" columns={columns} rows={sites(3)} rowId={(site) => site.id} />)
  await page.getByRole('button', { name: 'Rank' }).click()
  const head = page.getByRole('columnheader', { name: 'Rank' })
  const first = head.element().getAttribute('aria-sort')
  const order = names()
  await page.getByRole('button', { name: 'Rank' }).click()
  expect(new Set([first, head.element().getAttribute('aria-sort')])).toEqual(new Set(['ascending', 'descending']))
  expect(names()).toEqual(order.reverse())
  expect(page.getByRole('columnheader', { name: 'Name' }).element().hasAttribute('aria-sort')).toBe(false)
})

function Selectable() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const selection = { ids, onChange: setIds, label: (site: Site) => `Select ${site.name}` }
  return <DataTable caption="Sites" columns={columns} rows={sites(3)} rowId={(site) => site.id} selection={selection} />
}

test('arrows move between rows and x selects', async () => {
  await render(<Selectable />)
  page.getByRole('link', { name: 'site-0000' }).element().focus()
  await userEvent.keyboard('{ArrowDown}x')
  await expect.element(page.getByRole('link', { name: 'site-0001' })).toHaveFocus()
  await expect.element(page.getByLabelText('Select site-0001')).toBeChecked()
  await expect.element(page.getByLabelText('Select site-0000')).not.toBeChecked()
})

test('a short table has no row counts of its own', async () => {
  await render(<DataTable caption="Sites" columns={columns} rows={sites(3)} rowId={(site) => site.id} />)
  expect(table.element().hasAttribute('aria-rowcount')).toBe(false)
  expect(names()).toHaveLength(3)
})

test('a long table keeps few rows and numbers each of them, also while it scrolls', async () => {
  await render(
    <div style={{ height: 400 }}>
      <style>{'section { max-height: 400px; overflow: auto }'}</style>
      <DataTable caption="Sites" columns={columns} rows={sites(5000)} rowId={(site) => site.id} />
    </div>,
  )
  await expect.element(page.getByRole('link', { name: 'site-0000' })).toBeVisible()
  expect(table.element().getAttribute('aria-rowcount')).toBe('5001')
  const scroller = page.getByRole('region', { name: 'Sites, scrolls' }).element()
  scroller.scrollTop = 100_000
  await expect.element(page.getByRole('link', { name: 'site-2500' })).toBeInTheDocument()
  const rows = [...table.element().querySelectorAll<HTMLElement>('tbody tr[data-row]')]
  const indexes = rows.map((row) => Number(row.getAttribute('aria-rowindex')))
  expect(rows.length).toBeLessThan(60)
  expect(rows.map((row) => Number(row.dataset['row']?.slice(3)) + 2)).toEqual(indexes)
  expect(table.element().querySelector('thead tr')?.getAttribute('aria-rowindex')).toBe('1')
})

test('the focused row of a long table stays when it is scrolled away', async () => {
  await render(
    <div style={{ height: 400 }}>
      <style>{'section { max-height: 400px; overflow: auto }'}</style>
      <DataTable caption="Sites" columns={columns} rows={sites(1000)} rowId={(site) => site.id} />
    </div>,
  )
  const first = page.getByRole('link', { name: 'site-0000' })
  await expect.element(first).toBeVisible()
  first.element().focus()
  page.getByRole('region', { name: 'Sites, scrolls' }).element().scrollTop = 20_000
  await expect.element(page.getByRole('link', { name: 'site-0500' })).toBeInTheDocument()
  await expect.element(first).toHaveFocus()
})

test('all rows of a long table can be put into the page', async () => {
  await render(<DataTable caption="Sites" columns={columns} rows={sites(301)} rowId={(site) => site.id} />)
  await page.getByRole('button', { name: 'Show all rows' }).click()
  expect(names()).toHaveLength(301)
  expect(table.element().hasAttribute('aria-rowcount')).toBe(false)
})

test('the rows are one stop of the Tab key, which follows the focus', async () => {
  await render(
    <>
      <DataTable caption="Sites" columns={columns} rows={sites(3)} rowId={(site) => site.id} />
      <button type="button">After</button>
    </>,
  )
  const last = page.getByRole('link', { name: 'site-0002' })
  await expect.element(last).toHaveAttribute('tabindex', '-1')
  page.getByRole('link', { name: 'site-0000' }).element().focus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}')
  await expect.element(last).toHaveFocus()
  await userEvent.keyboard('{Tab}')
  await expect.element(page.getByRole('button', { name: 'After' })).toHaveFocus()
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  await expect.element(last).toHaveFocus()
})

test('Space on the name of a row selects it, and with Shift the range from there', async () => {
  await render(<Selectable />)
  page.getByRole('link', { name: 'site-0000' }).element().focus()
  await userEvent.keyboard(' ')
  await expect.element(page.getByLabelText('Select site-0000')).toBeChecked()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Shift>} {/Shift}')
  await expect.element(page.getByLabelText('Select all 3')).toBeChecked()
  await userEvent.keyboard(' ')
  await expect.element(page.getByLabelText('Select site-0002')).not.toBeChecked()
  await expect.element(page.getByLabelText('Select site-0001')).toBeChecked()
})

test('Space on a box turns it once', async () => {
  await render(<Selectable />)
  page.getByLabelText('Select site-0001').element().focus()
  await userEvent.keyboard(' ')
  await expect.element(page.getByLabelText('Select site-0001')).toBeChecked()
})

test('a press with Shift takes all rows in between, as they are sorted now, and takes them back', async () => {
  await render(<Selectable />)
  await page.getByRole('button', { name: 'Rank' }).click()
  await page.getByLabelText('Select site-0002').click()
  await page.getByLabelText('Select site-0000').click({ modifiers: ['Shift'] })
  await expect.element(page.getByLabelText('Select site-0001')).toBeChecked()
  await page.getByLabelText('Select site-0002').click({ modifiers: ['Shift'] })
  await expect.element(page.getByLabelText('Select all 3')).not.toBeChecked()
  await expect.element(page.getByLabelText('Select site-0001')).not.toBeChecked()
})

const bySite = { of: (site: Site) => site.name.slice(0, -1), head: (group: string) => `Group ${group}` }

test('1.3.1 headings of groups count among the rows of a long table, and every row has its true place', async () => {
  await render(
    <div style={{ height: 400 }}>
      <style>{'section { max-height: 400px; overflow: auto }'}</style>
      <DataTable caption="Sites" columns={columns} rows={sites(1000)} rowId={(site) => site.id} grouping={bySite} />
    </div>,
  )
  await expect.element(page.getByRole('link', { name: 'site-0000' })).toBeVisible()
  // A head, 1,000 rows and 100 headings.
  expect(table.element().getAttribute('aria-rowcount')).toBe('1101')
  page.getByRole('region', { name: 'Sites, scrolls' }).element().scrollTop = 22_000
  await expect.element(page.getByRole('link', { name: 'site-0500' })).toBeInTheDocument()
  const all = [...table.element().querySelectorAll('tbody tr[aria-rowindex]')]
  const places = all.map((row) => Number(row.getAttribute('aria-rowindex')))
  expect(places).toEqual(places.map((_, i) => (places[0] ?? 0) + i))
  const rows = all.filter((row) => row.hasAttribute('data-row'))
  expect(rows.map((row) => Number(row.getAttribute('aria-rowindex')))).toEqual(
    rows.map((row) => {
      const n = Number(row.getAttribute('data-row')?.slice(3))
      return n + 2 + Math.floor(n / 10) + 1
    }),
  )
})
