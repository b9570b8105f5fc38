import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { problem } from '../../../test/bff.tsx'
import { axis, down, entry, log, rows, states, whatChanged } from './test-world.tsx'

const notes = page.getByRole('list', { name: 'What is not known of status' })

function inUtc() {
  timesInUtc.set(true)
  onTestFinished(() => timesInUtc.set(false))
}

test('a tunnel that went down stands between the changes before and after it, with when it came up again', async () => {
  inUtc()
  const up = down(7, 9, { from: 'down', to: 'up', reason: 'Health checks pass 100%' })
  const asked = await whatChanged([log([entry(3), entry(1)])], { ofStates: [states({ changes: [up, down(7, 2)] })] })
  await expect.element(rows.nth(1)).toMatchTextContent(/Status.*Up.*Health checks pass 100%.*branch-7/)
  await expect.element(rows.nth(2)).toMatchTextContent(/branch-03/)
  const then = /Down.*Health checks pass 0%\. Then up again 10:09:00 UTC, after 7 min.*branch-7/
  await expect.element(rows.nth(3)).toMatchTextContent(then)
  await expect.element(rows.nth(4)).toMatchTextContent(/branch-01/)
  await expect.element(page.getByText(/^2 changes of state of 1 tunnel, 2 changes here/)).toBeVisible()
  const history = page.getByRole('link', { name: 'History of branch-7' }).first()
  await expect.element(history).toHaveAttribute('href', expect.stringMatching(/^\/tunnels\/0+7/))
  const { from, to } = Object.fromEntries(asked.states[0] ?? [])
  expect([from, to]).toEqual(['2026-11-28T10:00:00.000Z', '2026-11-28T10:10:00.000Z'])
})

test('many at once are one row and one stop of the axis, and unfold', async () => {
  const changes = Array.from({ length: 60 }, (_, n) => down(n, 4, n < 2 ? { planned: 'ISP work' } : {}))
  await whatChanged([log([entry(1)])], { ofStates: [states({ changes })] })
  await expect.element(rows.nth(1)).toMatchTextContent(/60 tunnels went down at once.*2 of them planned.*60 tunnels/)
  expect(rows.elements()).toHaveLength(3)
  await expect
    .element(axis)
    .toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/^2 of 2: .*60 tunnels went down at once, 2 of them planned$/),
    )
  axis.element().focus()
  await userEvent.keyboard('{Enter}')
  const button = page.getByRole('button', { name: /^Show these tunnels: 60 tunnels went down/ })
  await expect.element(button).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  const items = page.getByRole('list', { name: 'Tunnels' }).getByRole('listitem')
  await expect.element(items.first()).toMatchTextContent(/^branch-\d+.*Health checks pass 0%/)
  expect(items.elements()).toHaveLength(50)
  await page.getByRole('button', { name: 'Show all 60 tunnels' }).click()
  await expect.poll(() => items.elements().length).toBe(60)
  await expect.element(page.getByText('Planned: ISP work').first()).toBeVisible()
})

test('a tunnel that flaps is one row where it changed last, and unfolds into its changes', async () => {
  const flaps = Array.from({ length: 8 }, (_, n) => down(7, n, n % 2 ? { from: 'down', to: 'up', reason: 'Well' } : {}))
  await whatChanged([log([entry(1)])], { ofStates: [states({ changes: flaps.toReversed() })] })
  await expect.element(rows.nth(1)).toMatchTextContent(/Up.*changed state 8 times within 7 min\. Well.*branch-7/)
  expect(rows.elements()).toHaveLength(3)
  await page.getByRole('button', { name: /^Show each change: branch-7 changed state 8 times/ }).click()
  const items = page.getByRole('list', { name: 'Changes' }).getByRole('listitem')
  expect(items.elements()).toHaveLength(8)
  await expect.element(items.first()).toMatchTextContent(/^Up.*Well/)
  await expect.element(items.nth(1)).toMatchTextContent(/^Down.*Health checks pass 0%/)
})

test('what the console did not see is told as that, and is no change of a tunnel', async () => {
  inUtc()
  const unwatched = [
    { from: '2026-11-28T09:30:00Z', to: '2026-11-28T10:02:00Z', tunnels: 43 },
    { from: '2026-11-28T10:08:00Z', to: null, tunnels: 43 },
  ]
  const found = down(7, 2, { lastSeen: '2026-11-28T09:30:00Z' })
  const older = { before: '2026-11-28T09:00:00Z', isRefused: false }
  await whatChanged([log([])], { ofStates: [states({ changes: [found], unwatched, withoutData: 2, older })] })
  await expect.element(notes).toMatchTextContent(/Not watched from 28 Nov, 10:00 UTC to 10:02:00 UTC: .*43 tunnels/)
  await expect.element(notes).toMatchTextContent(/Not watched from 28 Nov, 10:08 UTC until now/)
  await expect.element(notes).toMatchTextContent(/Cloudflare told nothing of 2 tunnels/)
  await expect
    .element(notes)
    .toMatchTextContent(/Status before 28 Nov, 09:00 UTC is still being fetched from Cloudflare/)
  await expect.element(rows.nth(1)).toMatchTextContent(/was down when seen again: it happened after 09:30:00 UTC/)
})

test('of one tunnel that Cloudflare told nothing of, what it did is not known', async () => {
  await whatChanged([log([])], { ofStates: [states({ changes: [], withoutData: 1 })] })
  await expect.element(notes).toMatchTextContent(/nothing of 1 tunnel for some of this time: what it did then/)
})

test('a tunnel that is gone keeps its name; of one that nobody remembers the id is told, without a link', async () => {
  await whatChanged([log([])], { ofStates: [states({ changes: [down(7, 2, { name: '' })] })] })
  await expect.element(rows.nth(1)).toMatchTextContent(/Deleted tunnel 00000000…/)
})

test('states that cannot be read hide no change, say why, and can be asked for again', async () => {
  await whatChanged([log([entry(1)])], {
    ofStates: [problem('storage-unavailable'), states({ changes: [down(7, 2)] })],
  })
  await expect.element(rows.nth(1)).toMatchTextContent('branch-01')
  await expect.element(page.getByText(/^States of tunnels: The console’s database cannot be used/)).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(rows.nth(1)).toMatchTextContent('branch-7')
})

test('states that are switched off are not asked for, and have no lane', async () => {
  const search = { from: '2026-11-28T10:00', to: '2026-11-28T10:10', status: 'off' } as const
  const asked = await whatChanged([log([entry(1)])], { search })
  await expect.element(page.getByText(/^1 change here, 0 changes outside this console/)).toBeVisible()
  await expect.element(page.getByText('Status', { exact: true })).not.toBeInTheDocument()
  expect(asked.states).toEqual([])
})

test('more states than are read are told as that, and their oldest event says at least', async () => {
  const page1 = Array.from({ length: 4 }, (_, n) => down(n, 4))
  const answers = [1, 2, 3, 4, 5].map((n) =>
    states({ changes: page1.map((one) => ({ ...one, tunnelId: `${n}${one.tunnelId.slice(1)}` })), nextCursor: '1-1' }),
  )
  const asked = await whatChanged([log([])], { ofStates: answers })
  await expect.element(page.getByText('Only the newest 20 changes of state of this time were read')).toBeVisible()
  await expect.element(rows.nth(1)).toMatchTextContent(/At least 20 tunnels went down/)
  expect(asked.states.map((query) => query.get('cursor'))).toEqual([null, '1-1', '1-1', '1-1', '1-1'])
})

test('a time of which states are not told at once says so, and asks for none', async () => {
  const asked = await whatChanged([log([entry(1)])], { search: { from: '2026-01-01T00:00', to: '2026-11-28T00:00' } })
  await expect.element(page.getByText('States of tunnels are told for at most 90 days at once')).toBeVisible()
  expect(asked.states).toEqual([])
})
