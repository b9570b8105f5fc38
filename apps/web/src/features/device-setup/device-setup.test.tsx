import { templates } from '@tunnel-console/device-config/templates'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { deviceChoices } from '../../lib/device-choices.ts'
import { fakeBff, press, sessionOf, show } from '../../test/bff.tsx'
import { DeviceSetup } from './device-setup.tsx'
import { markersOf } from './markers.ts'

/** Another tunnel for each test: choices are remembered by tunnel. */
let made = 0
function tunnelOf(more: Record<string, unknown> = {}): Tunnel {
  const id = (++made).toString(16).padStart(32, 'a')
  return Tunnel.parse({
    id,
    name: 'paris-b',
    description: 'Paris – Cisco ISR 1111, ISP A',
    cloudflare_endpoint: '162.159.135.10',
    customer_endpoint: '203.0.113.67',
    interface_address: '10.252.0.38/31',
    health_check: { type: 'request', direction: 'bidirectional' },
    remote_identities: { fqdn_id: `${id}.33145236.ipsec.cloudflare.com`, user_id: '', hex_id: '' },
    ...more,
  })
}

async function open(tunnel: Tunnel, accountId = 'a') {
  const sent = fakeBff({})
  await show(<DeviceSetup tunnel={tunnel} />, sessionOf('operator', { account: { id: accountId, name: 'Account' } }))
  return { requests: () => sent.filter(({ what }) => what !== 'GET /api/status') }
}

const device = page.getByRole('combobox', { name: 'Device' })
const shown = () => [...document.querySelectorAll('pre')].map(({ textContent }) => textContent).join('\n')
const wholePage = () => document.documentElement.outerHTML
const pasted = page.getByRole('textbox', { name: 'Configuration or status output of the device' })

/** As a paste does, at once. */
function paste(text: string) {
  const field = pasted.element()
  if (!(field instanceof HTMLTextAreaElement)) throw new Error('There is no field to paste into')
  field.value = text
}

test('the device is read out of the tunnel’s words, and what is chosen instead is remembered', async () => {
  const tunnel = tunnelOf()
  await open(tunnel)
  await expect.element(device).toHaveValue('cisco-ios-xe')
  expect(shown()).toContain('crypto ikev2 profile')
  await device.selectOptions('strongswan')
  await expect.element(page.getByRole('heading', { name: 'bird.conf' })).not.toBeInTheDocument()
  expect(shown()).toContain('remote_addrs = 162.159.135.10')
  expect(shown()).toContain('PASTE-KEY-HERE')
  expect(deviceChoices.get()[tunnel.id]).toBe('strongswan')
  expect(localStorage.getItem('device-choices')).toContain(tunnel.id)
})

test.each(templates.map(({ id }) => id))('what the reader must decide in the files of %s is explained', (id) => {
  const files =
    templates.find((one) => one.id === id)?.files({ tunnel: tunnelOf(), accountNumber: null, key: null }) ?? []
  const tokens = new Set(files.flatMap(({ text }) => text.match(/DECIDE-\d+-[A-Z0-9-]*[A-Z0-9]/g) ?? []))
  expect(files.length).toBeGreaterThan(0)
  expect(new Set(markersOf(files).map(({ token }) => token))).toEqual(tokens)
})

test('an MD5 key is filled in when asked for, and never on the sheet', async () => {
  await open(tunnelOf({ bgp: { customer_asn: 65010, md5_key: 'canary-md5' } }))
  expect(shown()).toContain('PASTE-MD5-KEY-HERE')
  expect(wholePage()).not.toContain('canary-md5')
  await page.getByRole('checkbox', { name: /^Fill in the MD5 key/ }).click()
  await expect.poll(shown).toContain('canary-md5')
  expect(document.querySelector('.print-sheet')?.textContent).not.toContain('canary-md5')
})

test('the sheet for a printer names both ends and every parameter, and no key', async () => {
  await open(tunnelOf())
  const sheet = document.querySelector('.print-sheet')?.textContent ?? ''
  for (const value of ['paris-b', '162.159.135.10', '203.0.113.67', '10.252.0.38/31', '10.252.0.39/31', '33145236']) {
    expect(sheet).toContain(value)
  }
  expect(sheet).not.toMatch(/PASTE-KEY-HERE/)
})

test('the account number is asked for once, where the tunnel does not say it, and kept for that account', async () => {
  const unnamed = tunnelOf({ remote_identities: null })
  await open(unnamed, 'account-1')
  await expect.element(page.getByText(/^This device needs more/)).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Account number' })
  await field.fill('12x')
  await press('Use')
  await expect.element(page.getByText(/^A number of digits/)).toBeVisible()
  await field.fill(`${unnamed.id}.4711.ipsec.cloudflare.com`)
  await press('Use')
  await expect.poll(shown).toContain(`${unnamed.id}.4711.ipsec.cloudflare.com`)
  await expect.element(page.getByText(/^This device needs more/)).not.toBeInTheDocument()
  expect(localStorage.getItem('account-number')).toBe('account-1 4711')
})

test('the number of one account is none of another', async () => {
  localStorage.setItem('account-number', 'account-1 4711')
  await open(tunnelOf({ remote_identities: null }), 'account-2')
  await expect.element(page.getByText(/^This device needs more/)).toBeVisible()
  expect(shown()).not.toContain('4711')
})

const config = (peer: string) => `connections {
  site {
    remote_addrs = ${peer}
    local { id = other.example }
    children { site { esp_proposals = aes256gcm16-ecp384 } }
  }
}
secrets { ike-1 { secret = "S3cret-canary" } }`

test('what is pasted is compared here: differences are named, nothing is sent, and no key is anywhere after', async () => {
  const { requests } = await open(tunnelOf())
  paste(config('198.51.100.1'))
  await press('Check')
  const found = page.getByRole('region', { name: 'What was found' })
  await expect.element(found.getByText('Recognised: strongSwan, swanctl.conf')).toBeVisible()
  const peer = found.getByRole('listitem').filter({ hasText: 'Peer address' })
  await expect.element(peer).toBeVisible()
  expect(peer.element().textContent).toMatch(
    /differs.*198\.51\.100\.1.*162\.159\.135\.10.*remote_addrs = 162\.159\.135\.10/,
  )
  await expect.element(found.getByText(/things could not be checked/)).toBeVisible()
  expect(requests()).toEqual([])
  const kept = [{ ...localStorage }, { ...sessionStorage }, location.href, document.title, wholePage()]
  expect(JSON.stringify(kept)).not.toContain('S3cret-canary')
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  await expect.element(pasted).toHaveValue('')
})

const fortigate = `FGT # diagnose vpn ike gateway list
vd: root/0
name: to-cloudflare
version: 1
addr: 203.0.113.7:500 -> 162.159.135.10:500
IKE SA: created 1/1  established 1/1  time 9/9/9 ms
  proposal: aes128-sha1
  SK_ei: 5ecre7-canary
`
const panos = `admin@PA> show vpn flow
2     to-cloudflare    inactive  off    203.0.113.7     162.159.135.10     tunnel.2
`

test('two status outputs one after the other are each recognised, say what their readers were written after, and no key is anywhere after', async () => {
  const { requests } = await open(tunnelOf())
  paste(fortigate + panos)
  await press('Check')
  const found = page.getByRole('region', { name: 'What was found' })
  const gateway = found.getByRole('region', { name: 'FortiGate, diagnose vpn ike gateway list' })
  await expect.element(gateway.getByText(/public examples, not a device of ours/)).toBeVisible()
  const version = gateway.getByRole('listitem').filter({ hasText: 'IKE version' })
  expect(version.element().textContent).toMatch(/differs.*IKEv1.*IKEv2.*set ike-version 2/)
  const flow = found.getByRole('region', { name: 'Palo Alto PAN-OS, show vpn flow' })
  const child = flow.getByRole('listitem').filter({ hasText: 'child SA' })
  expect(child.element().textContent).toMatch(/differs.*inactive/)
  expect(requests()).toEqual([])
  expect(wholePage()).not.toContain('5ecre7-canary')
})

test('an empty field, and a text that is nothing of a device, are told as such; Clear takes both away', async () => {
  await open(tunnelOf())
  await press('Check')
  await expect.element(page.getByText('Paste something first')).toBeVisible()
  paste('Dear colleagues,')
  await press('Check')
  await expect.element(page.getByText('Nothing was recognised')).toBeVisible()
  await press('Clear')
  await expect.element(page.getByText('Nothing was recognised')).not.toBeInTheDocument()
  await expect.element(pasted).toHaveValue('')
  await expect.element(pasted).toHaveFocus()
})

test('the files scroll by keyboard, and are copied as they are shown', async () => {
  await open(tunnelOf())
  const region = page.getByRole('region', { name: /, scrolls$/ }).first()
  ;(region.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(region).toHaveFocus()
  await expect.element(page.getByRole('button', { name: 'Copy', exact: true }).first()).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Download' }).first()).toBeVisible()
})
