import { Link } from '@tanstack/react-router'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { tunnelsQuery } from '../data/tunnels.ts'
import { clearSelection, selectedTunnels } from '../features/tunnels/selection.ts'
import { commandSources } from '../lib/commands.ts'
import { fakeBff, show } from '../test/bff.tsx'
import { ManyCommands } from './many-commands.tsx'

const paris = '1'.padStart(32, '0')
const lyon = '2'.padStart(32, '0')
const gone = '3'.padStart(32, '0')
const list = {
  tunnels: [Tunnel.parse({ id: paris, name: 'paris' }), Tunnel.parse({ id: lyon, name: 'lyon' })],
  fetchedAt: '',
  stale: false,
  unreadable: 0,
  doubted: null,
  failure: null,
}
afterEach(clearSelection)

/** The commands for what is typed, on a page with these two tunnels in the list. */
async function palette() {
  fakeBff({ 'GET /api/tunnels': () => ({ body: list }), 'GET /api/jobs': () => ({ body: { jobs: [] } }) })
  const client = await show(
    <>
      <ManyCommands />
      <Link to="/tunnels">The list</Link>
      <Link to="/tunnels/bulk">The bulk edit</Link>
    </>,
  )
  await client.ensureQueryData(tunnelsQuery())
  return () => commandSources.get().flatMap((source) => source('selected').map(({ label }) => label))
}

test('the palette offers to edit and delete as many as the bar of the list tells of: who is gone does not count', async () => {
  const labels = await palette()
  selectedTunnels.set(new Set([paris, lyon, gone]))
  expect(labels()).toEqual(['Edit 2 selected tunnels', 'Delete 2 selected tunnels…'])
  selectedTunnels.set(new Set([gone]))
  expect(labels()).toEqual([])
})

test('a bulk edit that is open is not begun anew from the palette', async () => {
  const labels = await palette()
  selectedTunnels.set(new Set([paris]))
  await page.getByRole('link', { name: 'The bulk edit' }).click()
  await expect.poll(labels).toEqual([])
  await page.getByRole('link', { name: 'The list' }).click()
  await expect.poll(labels).toEqual(['Edit 1 selected tunnel', 'Delete 1 selected tunnel…'])
})
