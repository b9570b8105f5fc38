import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { type AuditEntry, outsideActor } from '@tunnel-console/shared/audit'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { auditFilterOf } from '../../data/audit-filter.ts'
import { localTime } from '../../lib/exact-times.ts'
import { setTimesInUtc } from '../../lib/times-in-utc.ts'
import { AuditEntries } from './audit-entries.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { History } from './history.tsx'

const entryId = '0b5a0f0e-7f53-4a44-9f3c-2f6b1d1c9a11'

const entry: AuditEntry = {
  seq: 7,
  id: entryId,
  at: '2026-11-22T12:00:00.000Z',
  settledAt: '2026-11-22T12:00:00.000Z',
  actor: outsideActor,
  action: 'tunnel.changedOutside',
  target: { id: '0'.repeat(32), name: 'paris-b' },
  validateOnly: false,
  outcome: 'applied',
  changes: [],
  problem: null,
  ray: null,
  requestId: 'request-1',
  times: 1,
  turns: [],
}

const answer = vi.fn<typeof fetch>()
beforeEach(() => vi.stubGlobal('fetch', answer))
afterEach(() => {
  vi.unstubAllGlobals()
  answer.mockReset()
})

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

async function show(node: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const routeTree = createRootRoute({ component: () => node })
  const router = createRouter({ routeTree, history: createMemoryHistory() })
  await router.load()
  await render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
}

/** The next file that the page gives the person. */
function savedFile(): Promise<{ name: string; text: string }> {
  return new Promise((resolve) => {
    const take = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(async function (
      this: HTMLAnchorElement,
    ) {
      const { download: name, href } = this
      vi.unstubAllGlobals()
      resolve({ name, text: await (await fetch(href)).text() })
      take.mockRestore()
    })
  })
}

test('what others changed past the console is told so, by whom and what', async () => {
  answer.mockResolvedValue(json({ entries: [entry, { ...entry, id: 'denied', times: 41 }], nextCursor: null }))
  await show(<AuditEntries filter={{}} empty={null} />)
  await expect.element(page.getByText('Changed outside this console').first()).toBeVisible()
  await expect.element(page.getByText('Outside this console', { exact: true }).first()).toBeVisible()
  await expect.element(page.getByText('41 times within a minute')).toBeVisible()
  await expect.element(page.getByText('not signed in')).not.toBeInTheDocument()
})

test.each([
  ['session.signIn', 'applied', null],
  ['user.invite', 'applied', null],
  ['approval.approve', 'applied', null],
  ['tunnel.changedOutside', 'applied', null],
  ['session.signIn', 'rejected', 'Rejected'],
  ['settings.change', 'denied', 'Denied'],
  ['tunnel.update', 'applied', 'Applied'],
  ['psk.generate', 'unknown', 'Unknown'],
])('%s that ended %s has the badge %s', async (action, outcome, badge) => {
  await page.viewport(1280, 800)
  answer.mockResolvedValue(json({ entries: [{ ...entry, action, outcome }], nextCursor: null }))
  await show(<AuditEntries filter={{}} empty={null} />)
  await expect.element(page.getByRole('button', { name: /^Details of/ })).toBeVisible()
  expect(page.getByRole('row').last().getByRole('cell').last().element().textContent).toBe(badge ?? '')
})

test('a link to an entry shows that one alone, with its details open', async () => {
  answer.mockResolvedValue(json({ entries: [entry], nextCursor: null }))
  await show(<AuditEntries filter={{ entry: entryId }} empty={null} />)
  await expect.element(page.getByRole('button', { name: /^Details of/, expanded: true })).toBeVisible()
  await expect.element(page.getByText('request-1')).toBeVisible()
  await expect.element(page.getByText('This is the start of the log.')).not.toBeInTheDocument()
  expect(String(answer.mock.lastCall?.[0])).toContain(`entry=${entryId}`)
})

test.each([
  [entryId, { entry: entryId }],
  ['1', {}],
  ["' OR 1", {}],
])('an address with the entry %s filters by %j', (value, filter) => {
  expect(auditFilterOf({ entry: value })).toEqual(filter)
})

test('the filtered log is saved as a file with the name that the server gave it', async () => {
  const headers = { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="audit-2026.csv"' }
  answer.mockResolvedValue(new Response('seq,id\r\n', { headers }))
  const file = savedFile()
  await show(<ExportButtons filter={{ actor: 'ada@example.com', outcome: 'denied' }} />)
  await page.getByRole('button', { name: 'Export CSV' }).click()
  expect(await file).toEqual({ name: 'audit-2026.csv', text: 'seq,id\r\n' })
  const [url, init] = answer.mock.lastCall ?? []
  const { pathname, searchParams } = new URL(String(url))
  expect(pathname).toBe('/api/audit/export')
  expect(Object.fromEntries(searchParams)).toEqual({ actor: 'ada@example.com', outcome: 'denied', format: 'csv' })
  expect(new Headers(init?.headers).get('x-tunnel-console')).toBe('1')
})

test('an export says while it runs, and only one runs at a time', async () => {
  const held = Promise.withResolvers<Response>()
  answer.mockReturnValue(held.promise)
  await show(<ExportButtons filter={{}} />)
  await page.getByRole('button', { name: 'Export JSON' }).click()
  await expect.element(page.getByRole('button', { name: 'Export JSON' })).toHaveAttribute('aria-busy', 'true')
  await expect.element(page.getByRole('button', { name: 'Export CSV' })).toHaveAttribute('aria-disabled', 'true')
  held.resolve(json(ProblemError.of('storage-unavailable').problem, 503))
  await expect.element(page.getByRole('alert')).toHaveTextContent('The console’s database cannot be used right now')
  await expect.element(page.getByRole('button', { name: 'Export JSON' })).not.toHaveAttribute('aria-busy')
})

test('an export that is cut off saves nothing, and says so', async () => {
  const body = new ReadableStream({
    pull: (controller) => controller.error(new Error('the connection was lost')),
  })
  const headers = { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="a.json"' }
  answer.mockResolvedValue(new Response(body, { headers }))
  const save = vi.spyOn(URL, 'createObjectURL')
  await show(<ExportButtons filter={{}} />)
  await page.getByRole('button', { name: 'Export JSON' }).click()
  await expect.element(page.getByRole('alert').getByText('The export was cut off. Nothing was saved.')).toBeVisible()
  expect(save).not.toHaveBeenCalled()
})

test('dry runs are folded and counted, and a switch shows them', async () => {
  const tried = { ...entry, action: 'tunnel.delete', validateOnly: true, outcome: 'valid' }
  const refused = { ...tried, id: 'refused', action: 'psk.generate', outcome: 'denied' }
  const entries = [entry, { ...tried, id: 'a' }, { ...tried, id: 'b' }, refused]
  answer.mockImplementation(async () => json({ entries, nextCursor: null }))
  await show(<AuditEntries filter={{}} empty={null} />)
  await expect.element(page.getByText('2 dry runs hidden')).toBeVisible()
  await expect.element(page.getByText('Was refused to generate a pre-shared key')).toBeVisible()
  await expect.element(page.getByText('Asked whether to delete')).not.toBeInTheDocument()
  await page.getByRole('switch', { name: 'Show dry runs' }).click()
  await expect.element(page.getByText('Asked whether to delete').first()).toBeVisible()
  await expect.element(page.getByText('2 dry runs shown')).toBeVisible()
})

test('who asks for accepted dry runs gets them', async () => {
  answer.mockResolvedValue(json({ entries: [{ ...entry, validateOnly: true, outcome: 'valid' }], nextCursor: null }))
  await show(<AuditEntries filter={{ outcome: 'valid' }} empty={null} />)
  await expect.element(page.getByText('Dry run valid')).toBeVisible()
  await expect.element(page.getByText('Show dry runs')).not.toBeInTheDocument()
})

test('an address keeps days and a text, and leaves out what the server would refuse', () => {
  const kept = { from: '2026-11-01', to: '2026-11-24', text: 'paris' }
  expect(auditFilterOf({ ...kept, text: ' paris ' })).toEqual(kept)
  expect(auditFilterOf({ from: '2026-02-31', to: 'yesterday', text: '  ' })).toEqual({})
})

test('a day and a text filter the log once they are typed', async () => {
  const chosen: object[] = []
  answer.mockImplementation(async () => json({ actors: [] }))
  await show(<AuditFilters filter={{ entry: entryId }} onChange={(filter) => chosen.push(filter)} targets={[]} />)
  await page.getByLabelText('From').fill('2026-11-01')
  await page.getByLabelText('Text').fill('par')
  await userEvent.keyboard('{Enter}')
  expect(chosen).toEqual([{ from: '2026-11-01' }, { text: 'par' }])
})

/** What the log was asked for, of the moments alone. */
const askedFor = () =>
  answer.mock.calls.map(([url]) => {
    const { searchParams } = new URL(String(url instanceof Request ? url.url : url), location.origin)
    return [searchParams.get('from'), searchParams.get('to')]
  })

test('a day of the log begins and ends where the person is, or in UTC for whoever wants that', async () => {
  answer.mockImplementation(async () => json({ entries: [entry], nextCursor: null }))
  onTestFinished(() => setTimesInUtc(false))
  await page.viewport(1280, 800)
  await show(<AuditEntries filter={{ from: '2026-11-01', to: '2026-11-02' }} empty={null} />)
  await expect.element(page.getByText(localTime(new Date(entry.at)))).toBeVisible()
  const local = [new Date(2026, 10, 1), new Date(2026, 10, 3)].map((day) => day.toISOString())
  expect(askedFor()).toEqual([local])
  setTimesInUtc(true)
  await expect.element(page.getByText('2026-11-22 12:00:00 UTC')).toBeVisible()
  expect(askedFor()).toEqual([local, ['2026-11-01', '2026-11-02']])
})

test('where there is nothing but dry runs, the log says so', async () => {
  answer.mockImplementation(async () => json({ entries: [{ ...entry, validateOnly: true }], nextCursor: null }))
  await show(<AuditEntries filter={{}} empty={null} />)
  await expect.element(page.getByText('Only dry runs so far')).toBeVisible()
  await page.getByLabelText('Show dry runs').click()
  await expect.element(page.getByText('paris-b')).toBeVisible()
})

test('the history of a tunnel is filtered by day and text, and says when nothing matches', async () => {
  const urls = () => answer.mock.calls.map(([url]) => String(url))
  answer.mockImplementation(async (url) =>
    json({ entries: String(url).includes('text=') ? [] : [entry], nextCursor: null }),
  )
  await show(<History id={'0'.repeat(32)} />)
  await expect.element(page.getByText('Changed outside this console')).toBeVisible()
  await page.getByLabelText('Text').fill('par')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('No entries match')).toBeVisible()
  expect(urls().at(-1)).toMatch(/target=0{32}/)
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await expect.element(page.getByText('Changed outside this console')).toBeVisible()
})
