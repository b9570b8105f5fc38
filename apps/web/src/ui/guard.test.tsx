import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { axeFindings } from '../test/looks.ts'
import { DataTable } from './data-table.tsx'
import { columnsOf } from './data-table-kit.ts'
import { Guarded } from './guarded.tsx'
import { Tabs } from './tabs.tsx'

interface Site {
  id: string
  name: string
  town: string
  /** Which part of the row cannot be drawn. */
  fault?: 'cell' | 'brief' | 'tint' | 'compact'
}

const column = columnsOf<Site>()
const failAt = (site: Site, part: Site['fault']) => {
  if (site.fault === part) throw new TypeError('Cannot read properties of undefined')
}
const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: (cell) => <a href={`#${cell.getValue()}`}>{cell.getValue()}</a>,
    brief: (site) => {
      failAt(site, 'brief')
      return site.name
    },
    meta: { isRowHeader: true, width: '12rem' },
  }),
  column.accessor('town', {
    header: 'Town',
    // Mounted, and called.
    cell: ({ row }) => (row.original.id === 'id-1' ? <Town site={row.original} /> : Town({ site: row.original })),
    tint: (site) => {
      failAt(site, 'tint')
      return site.town
    },
    meta: { width: '12rem' },
  }),
])

function Town({ site }: { site: Site }) {
  failAt(site, 'cell')
  return site.town
}

const siteAt = (i: number): Site => ({ id: `id-${i}`, name: `site-${i}`, town: `town-${i}` })
const sites = (count: number, faults: Record<number, Site['fault']> = {}) =>
  Array.from({ length: count }, (_, i) => ({ ...siteAt(i), ...(faults[i] && { fault: faults[i] }) }))

const selection = { ids: new Set<string>(), onChange: vi.fn(), label: ({ name }: Site) => `Select ${name}` }

const tableOf = (rows: readonly Site[]) => (
  <DataTable
    caption="Sites"
    columns={columns}
    rows={rows}
    rowId={({ id }) => id}
    selection={selection}
    compact={(site) => {
      failAt(site, 'compact')
      return <a href="#compact">{`${site.name} in ${site.town}`}</a>
    }}
  />
)

// React tells the console of a caught error, as it should.
beforeEach(async () => {
  await page.viewport(1000, 700)
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => told.mockRestore())
})

const row = (i: number) => page.getByRole('row', { name: new RegExp(`site-${i}\\b`) })
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))

test('H11 an error in one cell takes that cell alone: its row and the table stay, and can be used', async () => {
  await render(tableOf(sites(5, { 1: 'cell', 3: 'cell' })))
  for (const i of [1, 3]) {
    await expect.element(row(i).getByText('Cannot be shown')).toBeVisible()
    await expect.element(row(i).getByRole('link', { name: `site-${i}` })).toBeVisible()
  }
  await expect.element(row(2).getByText('town-2')).toBeVisible()
  expect(page.getByText('Cannot be shown').elements()).toHaveLength(2)
  await row(1).getByRole('checkbox').click()
  expect(selection.onChange).toHaveBeenLastCalledWith(new Set(['id-1']))
  await page.getByRole('button', { name: 'Town' }).click()
  await page.getByRole('button', { name: 'Town' }).click()
  await expect.element(page.getByRole('row').nth(1)).toHaveTextContent('site-4town-4')
  expect(await axeFindings()).toEqual([])
})

test('H11 a cell that failed is drawn again with the next data', async () => {
  const view = await render(tableOf(sites(3, { 1: 'cell' })))
  await expect.element(row(1).getByText('Cannot be shown')).toBeVisible()
  await view.rerender(tableOf(sites(3)))
  await expect.element(row(1).getByText('town-1')).toBeVisible()
  await view.rerender(tableOf(sites(3, { 2: 'tint' })))
  // What fails beside the cells costs none of them.
  await expect.element(row(2).getByText('town-2')).toBeVisible()
  expect(page.getByText('Cannot be shown').elements()).toEqual([])
})

test('H11 on a phone a row that cannot be drawn still says which it is', async () => {
  await page.viewport(390, 700)
  await render(tableOf(sites(4, { 2: 'compact' })))
  await expect.element(page.getByRole('link', { name: 'site-1 in town-1' })).toBeVisible()
  await expect.element(row(2).getByRole('link', { name: 'site-2', exact: true })).toBeVisible()
  await expect.element(row(2).getByText('Cannot be shown')).toBeVisible()
})

test('H11 in a long table an error costs its cell, and rows that fly past go on', async () => {
  await render(tableOf(sites(1000, { 1: 'cell', 500: 'brief' })))
  await expect.element(row(1).getByText('Cannot be shown')).toBeVisible()
  const scroller = page.getByRole('region', { name: 'Sites, scrolls' }).element()
  for (let step = 0; step < 8; step++) {
    scroller.scrollTop = 18_500 + step * 200
    await frame()
  }
  await expect.element(row(501).getByText('town-501')).toBeVisible()
  await expect.element(row(500).getByText('town-500')).toBeVisible()
})

function Picture({ isFaulty }: { isFaulty: boolean }) {
  if (isFaulty) throw new TypeError('Cannot read properties of undefined')
  return <p>The picture</p>
}

const pageWith = (isFaulty: boolean) => (
  <>
    <Guarded name="Data centres">
      <Picture isFaulty={isFaulty} />
    </Guarded>
    <p>The rest</p>
  </>
)
const fault = page.getByText('“Data centres” cannot be shown')

test('H11 an error in a panel takes its place, says whose fault it is, and a press tries again without losing the focus', async () => {
  const view = await render(pageWith(true))
  await expect.element(fault).toBeVisible()
  await expect.element(page.getByText(/says nothing of your network/)).toBeVisible()
  await expect.element(page.getByText('The rest', { exact: true })).toBeVisible()
  expect(await axeFindings()).toEqual([])
  const again = page.getByRole('button', { name: 'Try again' })
  await again.click()
  await expect.element(page.getByText('“Data centres” was tried again')).toHaveFocus()
  await userEvent.keyboard('{Tab}')
  await expect.element(again).toHaveFocus()
  await view.rerender(pageWith(false))
  await expect.element(fault).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('The picture')).toBeVisible()
  await expect.element(page.getByText('“Data centres” was tried again')).toHaveFocus()
})

test('H11 a panel comes back by itself, and never from under the focus', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const view = await render(pageWith(true))
  await expect.element(fault).toBeVisible()
  vi.advanceTimersByTime(16_000)
  for (let i = 0; i < 3; i++) await frame()
  await expect.element(fault).toBeVisible()
  await view.rerender(pageWith(false))
  const again = page.getByRole('button', { name: 'Try again' }).element() as HTMLElement
  again.focus()
  vi.advanceTimersByTime(31_000)
  await frame()
  await expect.element(fault).toBeVisible()
  again.blur()
  vi.advanceTimersByTime(16_000)
  await expect.element(page.getByText('The picture')).toBeVisible()
})

test('H11 an error in one tab leaves the others', async () => {
  const tabs = (value: 'status' | 'history') => (
    <Tabs
      label="Tunnel"
      value={value}
      onChange={() => undefined}
      tabs={[
        { value: 'status', label: 'Status', content: <Picture isFaulty /> },
        { value: 'history', label: 'History', content: <Picture isFaulty={false} /> },
      ]}
    />
  )
  const view = await render(tabs('status'))
  await expect.element(page.getByText('“Status” cannot be shown')).toBeVisible()
  await view.rerender(tabs('history'))
  await expect.element(page.getByText('The picture')).toBeVisible()
})
