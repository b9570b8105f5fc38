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

/** The strip on a tunnel's page, after the second of three changes of Ada's; the tunnel was up and is in this state now. */
async function watch(state: TunnelState, { shown = tunnelId, session = sessionOf('operator') } = {}) {
  const source = { at: null, ok: true, failure: null }
  const statuses = { [tunnelId]: { state, reason: '', bgp: null, health: null } }
  const sentAt = Date.now()
  const version = (seq: number, by: string, after: number) => ({
    seq,
    tunnelId,
    name: 'branch-07',
    at: new Date(sentAt + after * 1000).toISOString(),
    by,
    auditId: null,
    before: blankDraft,
    after: blankDraft,
  })
  fakeBff({
    'GET /api/status': () => ({ body: { statuses, sources: { tunnels: source, health: source } } }),
    'GET /api/tunnels/:id/versions': () => ({
      body: {
        versions: [
          version(10, 'ada@example.com', 90),
          version(9, 'ada@example.com', 1),
          version(8, 'kim@example.com', 0),
          version(7, 'ada@example.com', -60),
        ],
      },
    }),
  })
  watchChange({ tunnelId, by: 'ada@example.com', sentAt, stateBefore: 'up', bgpBefore: null })
  await show(<WatchStrip id={shown} />, session)
}

const strip = page.getByRole('region', { name: 'After your change' })

test('after a change of high risk the strip shows before and now, and leads to what was there before that very change', async () => {
  await watch('up')
  await expect
    .element(strip)
    .toMatchTextContent(/You just made a change of high risk.*Health: Up → Up\. Watched for another 4:5\d/)
  const link = page.getByRole('link', { name: 'Restore previous version' })
  await expect.element(link).toHaveAttribute('href', `/tunnels/${tunnelId}/edit?restore=9&side=before`)
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
  await watch('up', { shown: '8'.padStart(32, '0') })
  await expect.element(strip).not.toBeInTheDocument()
})

test('whoever signs in next in this tab is told nothing of it', async () => {
  const kim = { ...sessionOf('admin').user, email: 'kim@example.com' }
  await watch('up', { session: sessionOf('admin', { user: kim }) })
  await expect.element(strip).not.toBeInTheDocument()
})
