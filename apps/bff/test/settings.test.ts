import type { AuditPage } from '@tunnel-console/shared/api'
import { type Settings, sandboxSettings } from '@tunnel-console/shared/settings'
import { expect, test } from 'vitest'
import { setting } from '../src/storage/schema.ts'
import { problemIn, restarted } from './steps.ts'
import { type Person, startWorld } from './world.ts'

const usual = {
  secondPerson: 'nobody',
  keyAgeNoticeDays: 365,
  keyAgeWarnDays: 730,
  statusHistoryDays: 400,
  ...sandboxSettings,
}

async function settingsOf(person: Person) {
  return ((await (await person.get('/api/settings')).json()) as { settings: Settings }).settings
}

async function changesOf(admin: Person) {
  const { entries } = (await (await admin.get('/api/audit?action=settings.change')).json()) as AuditPage
  return entries
}

test('whoever is signed in sees the settings, which are as by default while nobody has set any', async () => {
  const world = await startWorld()
  for (const role of ['support', 'operator', 'admin'] as const) {
    expect(await settingsOf(await world.as(role))).toEqual(usual)
  }
})

test('an administrator changes some, the others stay, and the log tells before and after; a restart changes nothing', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const answer = await admin.send('PATCH', '/api/settings', { secondPerson: 'high-risk', keyAgeWarnDays: 800 })
  const after = { ...usual, secondPerson: 'high-risk', keyAgeWarnDays: 800 }
  expect([answer.status, await answer.json()]).toEqual([200, { settings: after }])
  expect(await changesOf(admin)).toMatchObject([
    {
      actor: { role: 'admin' },
      outcome: 'applied',
      target: null,
      changes: [
        { path: 'secondPerson', label: 'Second person', before: 'nobody', after: 'high-risk' },
        { path: 'keyAgeWarnDays', before: 730, after: 800 },
      ],
    },
  ])
  expect(await settingsOf(await (await restarted(world)).as('support'))).toEqual(after)
})

test('what is so already is no change, and leaves no entry', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  expect((await admin.send('PATCH', '/api/settings', { keyAgeNoticeDays: 365 })).status).toBe(200)
  expect(await changesOf(admin)).toEqual([])
})

test.each([
  [{}, 422, ''],
  [{ keyAgeNoticeDays: 0 }, 422, '/keyAgeNoticeDays'],
  [{ keyAgeNoticeDays: 1.5 }, 422, '/keyAgeNoticeDays'],
  [{ keyAgeWarnDays: '800' }, 422, '/keyAgeWarnDays'],
  [{ keyAgeWarnDays: 365 }, 422, '/keyAgeWarnDays'],
  [{ keyAgeNoticeDays: 800 }, 422, '/keyAgeWarnDays'],
  [{ secondPerson: 'everybody' }, 422, '/secondPerson'],
  [{ addressPools: ['10.252.0.0/22', '10.9.0.1/24'] }, 422, '/addressPools/1'],
  [{ addressPools: ['10.252.0.0/22', '10.252.3.0/24'] }, 422, '/addressPools/1'],
  [{ addressPools: ['8.8.8.0/24'] }, 422, '/addressPools/0'],
  [{ reservedAddresses: ['ten'] }, 422, '/reservedAddresses/0'],
  [{ isOpen: true }, 400, '/isOpen'],
])('%j is refused with %i, which points to "%s", and nothing is stored', async (patch, status, pointer) => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const answer = await admin.send('PATCH', '/api/settings', patch)
  expect([answer.status, (await problemIn(answer)).errors?.[0]?.pointer]).toEqual([status, pointer])
  expect(await settingsOf(admin)).toEqual(usual)
})

test('S46 an operator may not change them, and that is recorded', async () => {
  const world = await startWorld()
  const [operator, admin] = [await world.as('operator'), await world.as('admin')]
  expect((await operator.send('PATCH', '/api/settings', { secondPerson: 'nobody' })).status).toBe(403)
  expect(await changesOf(admin)).toMatchObject([{ outcome: 'denied', actor: { role: 'operator' } }])
})

test('a stored value that the rules no longer take counts as none', async () => {
  const world = await startWorld()
  await world.deps.db.insert(setting).values({ key: 'secondPerson', value: '"everybody"', by: '{}', at: 0 })
  await world.deps.db.insert(setting).values({ key: 'gone', value: '1', by: '{}', at: 0 })
  expect(await settingsOf(await world.as('support'))).toEqual(usual)
})
