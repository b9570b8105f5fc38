import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { setSiteEnding } from '../../../lib/site-ending.ts'
import { fakeBff, press, show } from '../../../test/bff.tsx'
import { branch, list, statuses } from '../test/world.ts'
import { SiteLine } from './site-line.tsx'

afterEach(() => setSiteEnding(''))

const tunnel = { ...branch, name: 'paris-main' }
const other = { ...branch, id: 'other', name: 'paris-backup' }

async function look(states: Parameters<typeof statuses>[0]) {
  fakeBff({ 'GET /api/tunnels': () => list(tunnel, other), 'GET /api/status': () => statuses(states) })
  await show(<SiteLine tunnel={tunnel} />)
}

test('a site is found by the pattern of this browser, which can be changed on the spot', async () => {
  await look({ [tunnel.id]: 'up', other: 'up' })
  await expect.element(page.getByText('This is the last healthy tunnel for paris-main')).toBeVisible()
  await page.getByText('Site “paris-main”, from the name').click()
  await page.getByLabelText('End of a name that is not the site').fill('-(main|backup')
  await expect.element(page.getByText('This is no regular expression').first()).toBeVisible()
  await press('Use it')
  await expect.element(page.getByText('This is the last healthy tunnel for paris-main')).toBeVisible()
  await page.getByLabelText('End of a name that is not the site').fill('-(main|backup)$')
  await press('Use it')
  await expect.element(page.getByText('Other healthy tunnels for this site: 1 (paris-backup)')).toBeVisible()
  await expect.element(page.getByText('Site “paris”, from the name')).toBeVisible()
  expect(localStorage.getItem('site-ending')).toBe('-(main|backup)$')
})

test('a state that nobody knows is not called healthy', async () => {
  setSiteEnding('-(main|backup)$')
  await look({ [tunnel.id]: 'up', other: 'not-monitored' })
  await expect
    .element(page.getByText('This may be the last healthy tunnel for paris. The state of paris-backup is not known'))
    .toBeVisible()
})

test('without the account’s tunnels, nothing is claimed of the site', async () => {
  fakeBff({})
  await show(<SiteLine tunnel={tunnel} />)
  await expect.element(page.getByText(/^The other tunnels of this site are not known/)).toBeVisible()
})
