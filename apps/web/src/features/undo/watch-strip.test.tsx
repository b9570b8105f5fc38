import { blankDraft } from '@tunnel-console/shared/draft'
import type { TunnelState } from '@tunnel-console/shared/status'
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { noteServerTime } from '../../lib/server-clock.ts'
import { fakeBff, press, sessionOf, show } from '../../test/bff.tsx'
import { WatchStrip } from './watch-strip.tsx'
import { stopWatching, watchChange } from './watched-change.ts'

const tunnelId = '7'.padStart(32, '0')
const serverIsAhead = (ms: number) =>
  noteServerTime(new Response(null, { headers: { date: new Date(Date.now() + ms).toUTCString() } }))

afterEach(() => {
  stopWatching()
  serverIsAhead(0)
})

/** The strip on a tunnel's page, after a change of Ada's; the tunnel was up and is in this state now. */
async function watch(state: TunnelState, shown = tunnelId) {
  const source = { at: null, ok: true, failure: null }
  const statuses = { [tunnelId]: { state, reason: '', bgp: null, health: null } }
  const version = (seq: number, by: string) => ({
    seq,
    tunnelId,
    name: 'branch-07',
    at: '',
    by,
    auditId: null,
    before: blankDraft,
    after: blankDraft,
  })
  fakeBff({
    'GET /api/status': () => ({ body: { statuses, sources: { tunnels: source, health: source } } }),
    'GET /api/tunnels/:id/versions': () => ({
      body: { versions: [version(9, 'kim@example.com'), version(8, 'ada@example.com'), version(7, 'ada@example.com')] },
    }),
  })
  watchChange({ tunnelId, by: 'ada@example.com', stateBefore: 'up', bgpBefore: null })
  await show(<WatchStrip id={shown} />, sessionOf('operator'))
}

const strip = page.getByRole('region', { name: 'After your change' })

test('after a change of high risk the strip shows before and now, and leads to what was there before that very change', async () => {
  await watch('up')
  await expect
    .element(strip)
    .toMatchTextContent(/You just made a change of high risk.*Health: Up → Up\. Watched for another 4:5\d/)
  const link = page.getByRole('link', { name: 'Restore previous version' })
  await expect.element(link).toHaveAttribute('href', `/tunnels/${tunnelId}/edit?restore=8&side=before`)
  await press('Dismiss')
  await expect.element(strip).not.toBeInTheDocument()
})

test('a tunnel that does worse is told louder', async () => {
  await watch('down')
  await expect.element(strip).toMatchTextContent(/The tunnel does worse than before your change.*Health: Up → Down/)
})

test('it is watched for five minutes by the server’s clock, and on its own page only', async () => {
  await watch('up')
  await expect.element(strip).toBeVisible()
  serverIsAhead(5 * 60_000 + 2000)
  await expect.element(strip).not.toBeInTheDocument()
})

test('another tunnel’s page says nothing of it', async () => {
  await watch('up', '8'.padStart(32, '0'))
  await expect.element(strip).not.toBeInTheDocument()
})
