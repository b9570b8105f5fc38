import type { Page } from '@playwright/test'
import { lookAt } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { button, field, heading, idOf, openEdit, openTunnel, press, realWrites, tabTo } from './steps.ts'

const strip = (page: Page, name: string) => page.getByRole('region', { name: `Undo of ${name}` })

/** Changes the description of a tunnel so that it undoes itself in five minutes. */
async function changeForAWhile(page: Page, name: string, text: string): Promise<string> {
  const id = await openEdit(page, name)
  await field(page, 'Description').fill(text)
  await button(page, 'Review changes').click()
  await page.getByRole('radio', { name: 'In 5 min' }).check()
  await button(page, 'Apply 1 change').click()
  await expect(heading(page, name)).toBeVisible()
  return id
}

async function changeEndpoint(page: Page, name: string): Promise<void> {
  await openEdit(page, name)
  await field(page, 'Customer endpoint').fill('203.0.113.77')
  await button(page, 'Review changes').click()
  await field(page, 'Type the tunnel name to confirm').fill(name)
}

test('a change that undoes itself counts down on every page and for everybody, and Keep keeps it', async ({ as }) => {
  const [page, colleague] = [await as('Operator', 'no page'), await as('Admin')]
  await changeForAWhile(page, 'madrid-a', 'here to stay')
  await expect(strip(page, 'madrid-a')).toContainText(
    /madrid-a: undoes itself in [45]:\d\d unless kept\. *Health: Up → Up/,
  )
  await page.getByRole('link', { name: 'Audit log' }).click()
  await expect(heading(page, 'Audit log')).toBeVisible()
  await expect(strip(page, 'madrid-a')).toContainText('Description')

  await colleague.reload()
  await expect(strip(colleague, 'madrid-a')).toContainText('Changed by operator@sandbox.example.com')
  await strip(colleague, 'madrid-a').getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(strip(colleague, 'madrid-a')).toContainText('the change stays')
  await expect(strip(page, 'madrid-a')).toContainText('the change stays. admin@sandbox.example.com kept it.')
  await openTunnel(page, 'madrid-a')
  await expect(page.getByText('here to stay').first()).toBeVisible()
  await strip(page, 'madrid-a').getByRole('button', { name: 'Dismiss' }).click()
  await page.reload()
  await expect(heading(page, 'madrid-a')).toBeVisible()
  await expect(strip(page, 'madrid-a')).toHaveCount(0)
})

test('Undo now brings the former values back, and the log tells the whole story', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'madrid-a', 'configuration')
  const was = (await page.getByRole('region', { name: 'Identity', exact: true }).textContent()) ?? ''
  await changeForAWhile(page, 'madrid-a', 'only for a moment')
  await strip(page, 'madrid-a').getByRole('button', { name: 'Undo now', exact: true }).click()
  await expect(strip(page, 'madrid-a')).toContainText('the change was undone, and the former values are back')
  await page.getByRole('tab', { name: 'Configuration' }).click()
  await expect(page.getByRole('region', { name: 'Identity', exact: true })).toHaveText(was)
  await page.getByRole('tab', { name: 'History' }).click()
  const entries = page.getByRole('table', { name: 'Audit entries' }).getByRole('row')
  await expect(entries.filter({ hasText: 'This console' }).filter({ hasText: 'Applied' })).toContainText([
    'Description',
  ])
  await expect(page.getByRole('list', { name: 'Versions' }).getByRole('listitem').first()).toContainText('this console')
})

test('what somebody else changed meanwhile is not written over, and the strip says so', async ({
  liveAdmin: page,
  standIn,
}) => {
  const id = await changeForAWhile(page, 'toronto-a', 'mine')
  await expect(strip(page, 'toronto-a')).toContainText('unless kept')
  await standIn.externalWrite(id, { description: 'theirs' })
  const undo = strip(page, 'toronto-a').getByRole('button', { name: 'Undo now', exact: true })
  await undo.click()
  await expect(strip(page, 'toronto-a')).toContainText('not undone, because somebody changed it meanwhile', {
    timeout: 30_000,
  })
  await openTunnel(page, 'toronto-a')
  await expect(page.getByText('theirs').first()).toBeVisible()
  expect(realWrites(await standIn.ledger())).toHaveLength(1)
})

test('after a change of high risk its page shows how the tunnel does, and leads to the former version', async ({
  as,
}) => {
  const page = await as('Operator', 'no page')
  await changeEndpoint(page, 'hamburg-a')
  await button(page, 'Apply 1 change').click()
  const watch = page.getByRole('region', { name: 'After your change' })
  await expect(watch).toContainText(/Health: Up → .*Watched for another [45]:\d\d/)
  await page.reload()
  await watch.getByRole('link', { name: 'Restore previous version' }).click()
  await expect(heading(page, 'Edit hamburg-a')).toBeVisible()
  await expect(page.getByText(/^The form holds the version before the change by/)).toBeVisible()
  await expect(field(page, 'Customer endpoint')).not.toHaveValue('203.0.113.77')
  await expect(page.getByText('1 change, not validated')).toBeVisible()
})

test('without a mouse: a change is made for a while, and kept', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await openEdit(page, 'madrid-b')
  await tabTo(page, field(page, 'Description'))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('by keyboard')
  await press(page, button(page, 'Review changes'))
  await expect(page.getByRole('heading', { name: 'Review 1 change' })).toBeFocused()
  await tabTo(page, page.getByRole('radio', { name: 'Keep the change' }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'In 5 min' })).toBeChecked()
  await press(page, button(page, 'Apply 1 change'))
  await expect(strip(page, 'madrid-b')).toContainText('unless kept')
  await page.reload()
  await press(page, strip(page, 'madrid-b').getByRole('button', { name: 'Keep', exact: true }))
  await expect(strip(page, 'madrid-b')).toContainText('the change stays')
  await expect(strip(page, 'madrid-b')).toBeFocused()
})

test('on a phone the strip stands over the page and its buttons can be pressed', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await changeForAWhile(page, 'madrid-a', 'from the train')
  await page.setViewportSize({ width: 390, height: 844 })
  const keep = strip(page, 'madrid-a').getByRole('button', { name: 'Keep', exact: true })
  await expect(keep).toBeInViewport()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await keep.click()
  await expect(strip(page, 'madrid-a')).toContainText('the change stays')
})

test('axe finds nothing around an undo, light and dark, large and small', async ({ as }) => {
  test.setTimeout(120_000)
  const page = await as('Admin', 'no page')
  const found: string[] = []
  const look = lookAt(page, found)
  await changeEndpoint(page, 'hamburg-a')
  await look('review with the choice of an undo')
  await button(page, 'Apply 1 change').click()
  await expect(page.getByRole('region', { name: 'After your change' })).toBeVisible()
  await look('after a change of high risk')
  await changeForAWhile(page, 'madrid-a', 'for a while')
  await expect(strip(page, 'madrid-a')).toContainText('unless kept')
  await look('counting down')
  await strip(page, 'madrid-a').getByRole('button', { name: 'Undo now', exact: true }).click()
  await expect(strip(page, 'madrid-a')).toContainText('the change was undone')
  await page.goto(`/tunnels/${await idOf(page, 'madrid-a')}?tab=history`)
  await expect(page.getByRole('list', { name: 'Versions' })).toBeVisible()
  await look('versions')
  await page.goto('/changes')
  await expect(page.getByRole('slider', { name: 'Changes in time' })).toBeVisible()
  await look('what changed')
  expect(found).toEqual([])
})
