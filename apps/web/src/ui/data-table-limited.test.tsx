import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { createStore, useStore } from '../lib/store.ts'
import { columnsOf } from './data-table-kit.ts'
import { LimitedBody } from './data-table-limited.tsx'

interface Site {
  name: string
}

const column = columnsOf<Site>()
const columns = column.columns([column.accessor('name', { header: 'Name', meta: { isRowHeader: true } })])
const rows = Array.from({ length: 10_000 }, (_, n) => ({ id: `${n}`, original: { name: `site-${n}` } }))
const tries = createStore(0)

function Limited() {
  useStore(tries)
  const body = {
    table: { columns, rows, sorted: undefined, sortBy: () => {} },
    scroller: null,
    rowHeight: 40,
    compact: undefined,
    selection: undefined,
    onSelect: () => {},
    rowClass: undefined,
    grouping: undefined,
  }
  return (
    <table>
      <LimitedBody body={body} retry={() => Promise.resolve(tries.set((count) => count + 1))} />
    </table>
  )
}

test('where the rest of a long table could not be loaded, 300 rows are in the page, with their places, and it says so', async () => {
  const { container } = await render(<Limited />)
  const shown = [...container.querySelectorAll('tr[data-row]')]
  expect(shown).toHaveLength(300)
  expect(shown.map((row) => row.getAttribute('aria-rowindex'))).toEqual(shown.map((_, n) => `${n + 2}`))
  await expect.element(page.getByText(/What shows 9,700 more rows could not be loaded/)).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  expect(tries.get()).toBe(1)
})
