import { blankDraft } from '@tunnel-console/shared/draft'
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Answer, fakeBff, press, problem, show } from '../../../test/bff.tsx'
import { branch, list } from '../test/world.ts'
import { dropCreation, keepCreation, keptCreation, newCreation } from './creation-draft.ts'
import { field, heading, held, known, open, plans, Steps, usual, wanted, whole } from './creation-world.tsx'

test('a step is left by Enter once it is right, and focus goes to the next one’s heading', async () => {
  await open('basics', blankDraft)
  await field('Name').fill('branch-07')
  await userEvent.keyboard('{Enter}')
  await expect.element(field('Name')).toHaveAccessibleDescription(/Another tunnel is called branch-07 already/)
  await expect.element(field('Name')).toHaveFocus()
  await field('Name').fill('oslo-a')
  await userEvent.keyboard('{Enter}')
  await expect.element(heading('Endpoints')).toHaveFocus()
  await press('Back')
  await expect.element(field('Name')).toHaveValue('oslo-a')
})

test('the name says how long it is and how names look here, and is completed by a press', async () => {
  const sites = [branch, { ...branch, id: 'b'.repeat(32), name: 'paris-a' }]
  const more = { ...branch, id: 'c'.repeat(32), name: 'paris-b' }
  await open('basics', blankDraft, { 'GET /api/tunnels': () => list(...sites, more) })
  await field('Name').fill('paris')
  await expect.element(field('Name')).toHaveAccessibleDescription(/look like paris-a, paris-b\. 5 of 255 characters\./)
  await press('Use paris-c')
  await expect.element(field('Name')).toHaveValue('paris-c')
})

test('the kind of device sets what is usual with its reason, and never what was set by hand', async () => {
  await open('basics')
  await page.getByLabelText('What is at the other end?').selectOptions('Cisco Meraki MX')
  for (const title of ['Endpoints', 'Inside addresses', 'Health and BGP']) {
    await press('Next')
    await expect.element(heading(title)).toBeVisible()
  }
  const replay = page.getByRole('switch', { name: 'Replay protection' })
  await expect.element(replay).toBeChecked()
  await expect
    .element(replay)
    .toHaveAccessibleDescription(/Set for Cisco Meraki MX\. Meraki cannot turn its own anti-replay off/)
  await expect.element(field('Health check rate')).toHaveValue('low')
  await field('Health check rate').selectOptions('High')
  await expect.element(field('Health check rate')).toHaveAccessibleDescription(/Low is usual; yours is kept/)
  for (const _ of ['inside', 'endpoints', 'basics']) await press('Back')
  await page.getByLabelText('What is at the other end?').selectOptions('VyOS')
  for (const _ of ['endpoints', 'inside', 'health']) await press('Next')
  await expect.element(heading('Health and BGP')).toBeVisible()
  await expect.element(field('Health check rate')).toHaveValue('high')
  await expect.element(replay).not.toBeChecked()
})

test('Cloudflare’s addresses are picked, leased ones too; a changing address says what is lost', async () => {
  await open('endpoints', { ...whole, cloudflare_endpoint: '', customer_endpoint: '203.0.113.9' })
  // The one that most tunnels use stands there already.
  await expect.element(field('Cloudflare endpoint')).toHaveValue('162.159.64.1')
  await press('Use 172.64.240.1, leased to this account')
  await expect.element(field('Cloudflare endpoint')).toHaveValue('172.64.240.1')
  await page.getByLabelText('My device has a changing address').click()
  await expect.element(field('Customer endpoint')).toHaveValue('')
  await expect.element(page.getByText(/no traceroutes to it/)).toBeVisible()
  const ends = page.getByRole('region', { name: 'Both ends so far' })
  await expect.element(ends.getByText('172.64.240.1')).toBeVisible()
  await expect.element(ends.getByText('changes', { exact: true })).toBeVisible()
  await field('Customer endpoint').fill('203.0.113.10')
  await expect.element(page.getByLabelText('My device has a changing address')).not.toBeChecked()
})

test('the next free address is held and in the field, and it is said what was checked and what was not', async () => {
  const sent = await open('inside', { ...whole, interface_address: '' })
  await expect.element(field('Interface address')).toHaveValue('10.252.2.0/31')
  await expect.element(page.getByText(/^Held for you until/)).toBeVisible()
  await expect.element(page.getByText('Checked against 44 IPsec tunnels. GRE tunnels were not readable.')).toBeVisible()
  await expect.element(page.getByRole('region', { name: 'Both ends so far' }).getByText('10.252.2.1/31')).toBeVisible()
  await press('Another')
  await expect.element(field('Interface address')).toHaveValue('10.252.2.2/31')
  const holds = sent.filter(({ what }) => what === 'POST /api/addresses/holds').map(({ body }) => body)
  expect(holds.map((body) => wanted({ body }))).toEqual([undefined, '10.252.2.2/31'])
  expect(new Set(holds.map((body) => (body as { draftId: string }).draftId)).size).toBe(1)
  await press('Type my own')
  await expect.element(field('Interface address')).toHaveFocus()
})

test('an overlap is named at once, with a free address beside it', async () => {
  await open('inside')
  await field('Interface address').fill('10.252.2.42/31')
  await expect.element(page.getByText(/It overlaps the GRE tunnel old-gre/)).toBeVisible()
  await press('Use 10.252.2.0/31 instead')
  await expect.element(field('Interface address')).toHaveValue('10.252.2.0/31')
  await expect.element(page.getByText(/It overlaps/)).not.toBeInTheDocument()
})

test('an address that somebody else holds is told with who, and one to use instead', async () => {
  const detail = 'sam@example.com holds it for another 9 minutes. 10.252.2.8/31 is free.'
  const taken = problem('address-taken', { detail, alternative: '10.252.2.8/31' })
  await open('inside', whole, {
    'POST /api/addresses/holds': (sent) => (wanted(sent) === '10.252.2.6/31' ? taken : held(String(wanted(sent)))),
  })
  await field('Interface address').fill('10.252.2.6/31')
  await userEvent.tab()
  await expect.element(page.getByText(detail)).toBeVisible()
  await press('Use 10.252.2.8/31 instead')
  await expect.element(field('Interface address')).toHaveValue('10.252.2.8/31')
})

test('what is typed while the proposal is on its way is not overwritten by it', async () => {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  await open('inside', { ...whole, interface_address: '' }, { 'POST /api/addresses/holds': () => promise })
  await field('Interface address').fill('10.252.2.9')
  resolve(held('10.252.2.0/31'))
  await expect.element(page.getByText(/GRE tunnels were not readable/)).toBeVisible()
  await expect.element(field('Interface address')).toHaveValue('10.252.2.9')
})

test('without a pool, or without an answer, addresses are proposed near those in use', async () => {
  const none = problem('not-now', { detail: 'No pool of inside addresses is set.' })
  await open(
    'inside',
    { ...whole, interface_address: '' },
    {
      'GET /api/addresses': () => ({ body: { ...known, pools: [], next: null } }),
      'POST /api/addresses/holds': () => none,
    },
  )
  await expect.element(page.getByText('No pool of inside addresses is set')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Set one' })).toHaveAttribute('href', '/settings')
  await press(/^Use next free: 10\.252\.0\.0\/31/)
  await expect.element(field('Interface address')).toHaveValue('10.252.0.0/31')
})

test('Review tries it at Cloudflare by itself, shows everything and leads back; Create tells how the key is to come', async () => {
  const made = { ...branch, name: 'oslo-a', id: 'a'.repeat(32) }
  const sent = await open('review', whole, {
    'POST /api/tunnels': () => ({ body: { tunnel: made, version: 'v1', unknownFields: [] } }),
  })
  await expect.element(page.getByRole('button', { name: 'Copy as curl' })).toBeVisible()
  await expect.element(page.getByText(/Cloudflare accepts this\. Nothing has been saved\./)).toBeVisible()
  await expect.element(page.getByRole('region', { name: 'Inside addresses' }).getByText('10.252.2.4/31')).toBeVisible()
  await expect
    .element(page.getByRole('link', { name: 'Change Endpoints' }))
    .toHaveAttribute('href', '/tunnels/new/endpoints')
  expect(sent.filter(({ what }) => what === 'POST /api/tunnels')).toEqual([])
  await press('Create tunnel')
  await expect.poll(() => plans).toEqual(['generate'])
  expect(keptCreation('1')).toBeNull()
})

test('what is wrong on Review leads to its field in its step', async () => {
  await open('review', { ...whole, cloudflare_endpoint: '' })
  await expect.element(heading('There is a problem')).toBeVisible()
  await press(/^Cloudflare endpoint: Choose/)
  await expect.element(heading('Endpoints')).toBeVisible()
  await expect.element(field('Cloudflare endpoint')).toHaveFocus()
  await expect.element(field('Cloudflare endpoint')).toHaveAccessibleDescription(/Choose the Cloudflare address/)
})

test('S22 a key of one’s own is sent with the tunnel, from any view, and is in nothing that the tab keeps', async () => {
  const psk = 'Canary-key-of-the-steps'
  const sent = await open('key', { ...whole, bgp: { ...whole.bgp, enabled: true, customer_asn: 65010 } })
  await page.getByLabelText('I have one').click()
  await field('Pre-shared key').fill(psk)
  await press('Next')
  await expect.element(page.getByText(/Cloudflare accepts this/)).toBeVisible()
  const tried = sent.findLast(({ what }) => what === 'POST /api/tunnels?validate_only=true')
  expect(tried?.body).toMatchObject({ psk })
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).toContain('oslo-a')
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain(psk)
  expect(document.documentElement.outerHTML).not.toContain(psk)
})

test('a key that a reload has forgotten is asked for again before anything is sent', async () => {
  keepCreation('1', { ...newCreation(whole), keyPlan: 'own' })
  onTestFinished(() => dropCreation())
  fakeBff(usual)
  await show(<Steps first="review" />)
  await expect.element(page.getByText('Your own key is missing: enter it again under Key').first()).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Create tunnel' })).toHaveAttribute('aria-disabled', 'true')
})

test('the tab keeps the draft without the MD5 key, for its person alone', async () => {
  const draft = { ...whole, bgp: { ...whole.bgp, enabled: true, customer_asn: 65010, md5_key: 'md5-canary' } }
  keepCreation('1', {
    ...newCreation(draft),
    vendor: 'meraki',
    given: { 'health_check.rate': 'low' },
    done: ['basics'],
  })
  onTestFinished(() => dropCreation())
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('md5-canary')
  expect(keptCreation('2')).toBeNull()
  expect(keptCreation('1')).toMatchObject({
    draft: { ...draft, bgp: { ...draft.bgp, md5_key: '' } },
    vendor: 'meraki',
    given: { 'health_check.rate': 'low' },
    done: ['basics'],
  })
})

test('somebody who starts over by mistake goes on with what was put aside', async () => {
  await open('basics')
  await expect.element(page.getByText('You go on with what you typed before')).toBeVisible()
  await press('Start over')
  expect(keptCreation('1')).toBeNull()
  expect(keptCreation('1', 'aside')?.draft.name).toBe('oslo-a')
})
