import { lookAt } from './axe.ts'
import { applyMany, dryRunOfRate, editMany, line, progressed, rateOf, selectBox } from './bulk-steps.ts'
import { expect, test } from './fixtures.ts'
import { button, choice, heading, idOf, link, press, row, tabTo } from './steps.ts'

test('2.1.1 three tunnels are edited together without a mouse', async ({ as }) => {
  test.slow()
  const page = await as('Admin')
  await expect(row(page, 'paris-b')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('madrid')
  await expect(page.locator('#main').getByText(/^2 of \d+ tunnels$/)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('/')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('warsaw-b')
  await expect(page.locator('#main').getByText(/^1 of \d+ tunnels$/)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await press(page, button(page, 'Edit 3'))
  await expect(heading(page, 'Bulk edit')).toBeFocused()
  await tabTo(page, choice(page, 'Health check rate'))
  await page.keyboard.type('High')
  await press(page, button(page, 'Dry run'))
  await expect(page.getByRole('heading', { name: 'Dry run of 3 tunnels' })).toBeFocused()
  await expect(line(page, 'Dry run', 'madrid-a')).toContainText('Will change')
  await expect(line(page, 'Dry run', 'warsaw-b')).toContainText('Health check rate: Medium → to High')
  await press(page, button(page, 'Go on with 3'))
  await expect(page.getByRole('heading', { name: 'Apply to 3 tunnels' })).toBeFocused()
  await tabTo(page, page.getByRole('textbox', { name: 'Type 3 to confirm' }))
  await page.keyboard.type('3')
  await press(page, button(page, 'Apply'))
  await expect(heading(page, 'Bulk edit of 3 tunnels')).toBeFocused()
  await progressed(page, '3 changed')
  expect(await rateOf(page, 'warsaw-b')).toBe('high')
})

test('one that Cloudflare refuses is removed after the dry run, and the rest is applied and told of in the log', async ({
  liveAdmin: page,
  standIn,
}) => {
  test.slow()
  const id = await idOf(page, 'milan-a')
  const errors = [{ code: 1234, message: 'rate is above what the plan allows' }]
  const body = { success: false, errors, messages: [], result: null }
  await standIn.fault({ kind: 'status', status: 400, body }, { method: 'PUT', path: id })
  await editMany(page, ['milan-a', 'paris-a', 'ams-dc1-a'])
  await dryRunOfRate(page, 'High')
  await expect(line(page, 'Dry run', 'milan-a')).toContainText(/Refused.*above what the plan allows/)
  await expect(line(page, 'Dry run', 'ams-dc1-a')).toContainText('Already so')
  await expect(button(page, 'Go on with 1')).toHaveAccessibleDescription('Remove 1 refused first')
  await button(page, 'Refused 1').click()
  await expect(line(page, 'Dry run', 'paris-a')).toHaveCount(0)
  await button(page, 'Remove refused').click()
  await expect(line(page, 'Dry run', 'milan-a')).toHaveCount(0)
  await applyMany(page, 1, { title: 'Edit of paris-a' })
  await progressed(page, '1 changed')
  await line(page, 'Tunnels of this job', 'paris-a')
    .getByRole('link', { name: /^Entry/ })
    .click()
  await expect(heading(page, 'Audit log')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Audit entries' })).toContainText('paris-a')
  expect(await rateOf(page, 'milan-a')).toBe('mid')
})

test('what fails in a job is tried again, and all that was changed is given back', async ({
  liveAdmin: page,
  standIn,
}) => {
  test.slow()
  const names = ['lisbon-a', 'newyork-a', 'newyork-b']
  await editMany(page, names)
  await dryRunOfRate(page, 'High')
  const errors = [{ code: 1234, message: 'not this one, not now' }]
  const body = { success: false, errors, messages: [], result: null }
  await standIn.fault({ kind: 'status', status: 400, body }, { method: 'PUT', path: await idOf(page, 'newyork-a') })
  await applyMany(page, 3, { stopsAfterFailure: false })
  await progressed(page, '2 changed, 1 refused')
  await expect(line(page, 'Tunnels of this job', 'newyork-a')).toContainText(/Refused.*not this one, not now/)
  await button(page, 'Retry failed').click()
  await progressed(page, '3 changed')
  expect(await rateOf(page, 'newyork-a')).toBe('high')

  const saved = page.waitForEvent('download')
  await button(page, 'Download CSV').click()
  expect((await saved).suggestedFilename()).toMatch(/^job-[\da-f-]{36}\.csv$/)

  await button(page, 'Restore all 3').click()
  await expect(page.getByRole('heading', { name: 'Dry run of 3 tunnels' })).toBeVisible()
  await expect(line(page, 'Dry run', 'lisbon-a')).toContainText('Health check rate: High → to Medium')
  await expect(button(page, 'Cancel the dry run')).toHaveCount(0)
  await applyMany(page, 3)
  await progressed(page, '3 changed')
  for (const name of names) expect(await rateOf(page, name)).toBe('mid')
})

test('a tunnel that is deleted or changed after it was chosen says so, and nothing of it is overwritten', async ({
  liveAdmin: page,
  standIn,
}) => {
  test.slow()
  await editMany(page, ['paris-a', 'paris-b', 'madrid-b'])
  await standIn.externalWrite(await idOf(page, 'paris-a'), null)
  await dryRunOfRate(page, 'High')
  await expect(line(page, 'Dry run', 'paris-a')).toContainText(/Refused.*deleted meanwhile/)
  await button(page, 'Remove refused').click()
  await standIn.externalWrite(await idOf(page, 'madrid-b'), { description: 'theirs' })
  await applyMany(page, 2, { stopsAfterFailure: false })
  await progressed(page, '1 changed, 1 conflict')
  await expect(line(page, 'Tunnels of this job', 'madrid-b')).toContainText('Conflict')
  expect(await rateOf(page, 'madrid-b')).toBe('mid')
})

test('all of them go in one request of Cloudflare’s, where each of them will change', async ({
  liveAdmin: page,
  standIn,
}) => {
  await editMany(page, ['tokyo-a', 'chicago-a'])
  await dryRunOfRate(page, 'Low')
  await button(page, 'Go on with 2').click()
  await page.getByRole('radio', { name: 'All or nothing' }).check()
  await page.getByRole('textbox', { name: 'Type 2 to confirm' }).fill('2')
  await button(page, 'Apply').click()
  await expect(page.getByRole('heading', { name: '2 changed' })).toBeFocused()
  expect(await rateOf(page, 'tokyo-a')).toBe('low')
  const puts = (await standIn.ledger()).filter(
    ({ method, query }) => method === 'PUT' && query['validate_only'] !== 'true',
  )
  expect(puts.map(({ path }) => path.split('/').at(-1))).toEqual(['ipsec_tunnels'])
})

test('a job waits for its time, can be moved and cancelled, and nothing happens before', async ({ as }) => {
  const page = await as('Admin', 'no page')
  await editMany(page, ['paris-a', 'paris-b'])
  await dryRunOfRate(page, 'High')
  await button(page, 'Go on with 2').click()
  await page.getByRole('radio', { name: 'At a time' }).check()
  await page.getByLabel('Start at').fill('2020-02-02T02:02')
  await page.getByRole('textbox', { name: 'Type 2 to confirm' }).fill('2')
  await expect(page.getByLabel('Start at')).toHaveAccessibleDescription(/This moment has passed/)
  await expect(button(page, 'Apply')).toHaveAccessibleDescription('The start is not right')
  const year = new Date().getFullYear() + 1
  await page.getByLabel('Start at').fill(`${year}-01-02T02:00`)
  await button(page, 'Apply').click()
  await expect(heading(page, 'Bulk edit of 2 tunnels')).toBeVisible()
  await expect(page.getByText('Waits for its time')).toBeVisible()
  await button(page, 'Change time').click()
  await page.getByLabel('Start at').fill(`${year}-01-03T03:00`)
  await button(page, 'Save time').click()
  await expect(page.getByText(/\d{4}-01-03 \d\d:00:00 UTC/)).toBeVisible()
  await button(page, 'Cancel the job').click()
  await expect(page.getByText('Stopped', { exact: true }).first()).toBeVisible()
  await link(page, 'Jobs').first().click()
  await expect(page.getByRole('table', { name: 'Jobs' })).toContainText('Stopped')
  expect(await rateOf(page, 'paris-b')).toBe('mid')
})

test('what was chosen and typed outlasts a reload and a look at the dry run, and leaving asks first', async ({
  as,
}) => {
  const page = await as('Admin', 'no page')
  await editMany(page, ['paris-a', 'paris-b'])
  await choice(page, 'Replay protection').selectOption('On')
  await choice(page, 'Description').selectOption('Add a prefix')
  await page.getByRole('textbox', { name: 'Prefix' }).fill('FR: ')
  await page.reload()
  await expect(page.getByText('2 tunnels: paris-a, paris-b')).toBeVisible()
  await expect(choice(page, 'Replay protection')).toHaveValue('true')
  await expect(page.getByRole('textbox', { name: 'Prefix' })).toHaveValue('FR: ')
  await button(page, 'Dry run').click()
  await expect(line(page, 'Dry run', 'paris-a')).toContainText('Replay protection: Off → to On')
  await page.goBack()
  await expect(page.getByRole('textbox', { name: 'Prefix' })).toHaveValue('FR: ')
  await link(page, 'Jobs').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stay' }).click()
  await expect(heading(page, 'Bulk edit')).toBeVisible()
})

test('who may not change many sees no boxes, and at the address the wall that says who can help', async ({ as }) => {
  for (const role of ['Operator', 'Support'] as const) {
    const page = await as(role)
    await expect(row(page, 'paris-b')).toBeVisible()
    await expect(selectBox(page, 'paris-b')).toHaveCount(0)
    await page.goto('/tunnels/bulk')
    await expect(heading(page, 'Not for your role')).toBeVisible()
    await expect(page.getByText(/Changing many tunnels needs Admin.*Ask/)).toBeVisible()
  }
  const admin = await as('Admin', 'no page')
  await admin.goto('/tunnels/bulk')
  await expect(admin.getByRole('heading', { name: 'No tunnels are chosen' })).toBeVisible()
})

test('axe finds nothing on the pages for many, light and dark, large and small', async ({ as }) => {
  test.setTimeout(240_000)
  const page = await as('Admin')
  const found: string[] = []
  const look = lookAt(page, found)
  await selectBox(page, 'paris-b').check()
  await look('selection')
  await editMany(page, ['paris-a', 'paris-b'])
  await look('choose')
  await dryRunOfRate(page, 'High')
  await look('dry run')
  await button(page, 'Go on with 2').click()
  await page.getByRole('radio', { name: 'At a time' }).check()
  await look('apply')
  await page.getByRole('radio', { name: 'Now' }).check()
  await page.getByRole('textbox', { name: 'Type 2 to confirm' }).fill('2')
  await button(page, 'Apply').click()
  await progressed(page, '2 changed')
  await look('job')
  await page.goto('/jobs')
  await expect(page.getByRole('table', { name: 'Jobs' })).toContainText('2 changed')
  await look('jobs')
  expect(found).toEqual([])
})
