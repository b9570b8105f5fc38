import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { TunnelState } from '@tunnel-console/shared/status'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { fakeBff, press, sessionOf, show } from '../../../test/bff.tsx'
import { branch, list, statuses, tunnelId } from '../test/world.ts'
import { KeyNews } from './key-news.tsx'
import { dropNote, keyNotes, noteKeys, noteStored, startRotation, tickStep } from './key-notes.ts'

const me = '1'
const tunnel = {
  id: tunnelId,
  name: 'branch-07',
  hasKey: true,
  lastGeneratedOn: null as string | null,
  peerAddress: '162.159.64.1',
  identities: null,
}

beforeEach(() => {
  for (const { tunnelId: id } of keyNotes.get()) dropNote(id)
})

function statusOf(state: TunnelState, at: string | null) {
  const answer = statuses({ [tunnelId]: state }).body as StatusAnswer
  const [status] = Object.values(answer.statuses)
  return { body: { ...answer, statuses: { [tunnelId]: { ...status, health: at && { score: 1, at } } } } }
}

async function open(status = statusOf('up', null), lastGeneratedOn: string | null = null, who = sessionOf('operator')) {
  let made = 0
  fakeBff({ 'GET /api/tunnels': () => list(branch), 'GET /api/status': () => status })
  await show(<KeyNews tunnel={{ ...tunnel, lastGeneratedOn }} onGenerate={() => made++} />, who)
  return { made: () => made }
}

const unconfirmed = page.getByText(/^A key was generated at .* by you and not confirmed as stored\.$/)
const steps = page.getByRole('list', { name: 'Steps of the rotation' })
const box = (name: string) => page.getByRole('checkbox', { name })
const tick = (name: string) => (box(name).element() as HTMLElement).click()

test('a key that was not said to be stored is told of until it is, and no longer', async () => {
  noteKeys([{ id: tunnelId, hadKey: false }], me)
  await open()
  await expect.element(unconfirmed).toBeVisible()
  await expect.element(steps).not.toBeInTheDocument()
  await press('It is stored')
  await expect.element(unconfirmed).not.toBeInTheDocument()
  expect(keyNotes.get()).toEqual([])
})

test('nobody else who uses this browser is told of it', async () => {
  noteKeys([{ id: tunnelId, hadKey: true }], 'somebody-else')
  await open()
  await expect.element(unconfirmed).not.toBeInTheDocument()
  await expect.element(steps).not.toBeInTheDocument()
})

test('what is kept over a reload is who, when and which steps, and nothing else', () => {
  startRotation(tunnelId, me)
  tickStep(tunnelId, 'access', true)
  noteKeys([{ id: tunnelId, hadKey: true }], me)
  noteStored([tunnelId])
  const kept = JSON.parse(localStorage.getItem('key-notes') ?? '[]') as unknown
  const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
  expect(kept).toEqual([
    { tunnelId, by: me, madeAt: moment, isStored: true, isRotation: true, ticks: { access: moment } },
  ])
})

test('a checklist begins with the key still to be made, and nothing at the device can be ticked before', async () => {
  startRotation(tunnelId, me)
  const { made } = await open()
  await expect.element(box('New key on the device')).toBeDisabled()
  await expect.element(page.getByText(/^None is: branch-07 is without traffic/)).toBeVisible()
  tick('You can get at the device')
  await expect.element(box('You can get at the device')).toBeChecked()
  await press('Make the new key')
  expect(made()).toBe(1)
})

test('health counts once it is newer than the new session; then the checklist is through', async () => {
  noteKeys([{ id: tunnelId, hadKey: true }], me)
  noteStored([tunnelId])
  await open(statusOf('up', '2999-01-01T00:00:00Z'))
  for (const name of ['You can get at the device', 'New key on the device']) tick(name)
  await expect.element(page.getByText('Health and BGP are up again: to do')).toBeVisible()
  tick('Tunnel re-established on the device')
  await expect.element(page.getByText('Health and BGP are up again: done')).toBeVisible()
  await press('Finish')
  await expect.element(steps).not.toBeInTheDocument()
})

test('what was read before the new session says nothing of it', async () => {
  noteKeys([{ id: tunnelId, hadKey: true }], me)
  tickStep(tunnelId, 'reestablished', true)
  await open(statusOf('up', '2020-01-01T00:00:00Z'))
  await expect.element(page.getByText('Health and BGP are up again: waiting')).toBeVisible()
  await expect.element(page.getByText(/The last reading: Up, from before/)).toBeVisible()
})

test('a tunnel without a health check is left to the eyes of the person', async () => {
  noteKeys([{ id: tunnelId, hadKey: true }], me)
  tickStep(tunnelId, 'reestablished', true)
  await open(statusOf('not-monitored', null))
  await expect.element(page.getByText(/^The health check is off/)).toBeVisible()
})

test('a key that somebody made since takes the place of this one', async () => {
  noteKeys([{ id: tunnelId, hadKey: true }], me)
  await open(statusOf('up', null), '2999-01-01T00:00:00Z')
  await expect.element(page.getByText('Another key was made since yours')).toBeVisible()
  await expect.element(unconfirmed).not.toBeInTheDocument()
  await press('Put the checklist away')
  expect(keyNotes.get()).toEqual([])
})

test('what another tab says of the list is followed, and what is none is left out', () => {
  const note = { tunnelId, by: me, madeAt: null, isStored: false, isRotation: true, ticks: {} }
  const tell = (newValue: string | null) => dispatchEvent(new StorageEvent('storage', { key: 'key-notes', newValue }))
  tell(JSON.stringify([note, { tunnelId: 'x' }, null, 7]))
  expect(keyNotes.get()).toEqual([note])
  tell('{not json')
  expect(keyNotes.get()).toEqual([])
})
