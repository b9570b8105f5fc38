import { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { forgetNewTunnel, noteNewTunnel } from '../features/tunnel-editing/create/new-tunnels.ts'
import { GeneratePskDialog } from '../features/tunnel-editing/psk/generate-psk-dialog.tsx'
import { pskTunnelOf } from '../features/tunnel-editing/psk/psk-tunnel.ts'
import { fakeBff, press, problem, sessionOf, show } from '../test/bff.tsx'
import { KeyStep } from './key-step.tsx'

const tunnel = Tunnel.parse({ id: '0'.repeat(32), name: 'branch-07', psk_metadata: {} })

test('H10 a role that ends takes the way to a new key, and not the only view of one', async () => {
  fakeBff({
    'POST /api/tunnels/:id/psk_generate?validate_only=true': () => ({ body: { valid: true, checkedAt: '' } }),
    'POST /api/tunnels/:id/psk_generate': () => ({ body: { psk: 'S3cret-canary', ipsec_id: 'id.ipsec.example' } }),
  })
  const client = await show(<KeyStep tunnel={tunnel} isGone={false} />)
  await press('Generate the key')
  await expect.element(page.getByText(/^Cloudflare accepts a new key/)).toBeVisible()
  await press('Generate key')
  await expect.element(page.getByRole('checkbox', { name: 'I have stored this key' })).toBeVisible()
  client.setQueryData(['session'], sessionOf('support'))
  await expect.element(page.getByText('Next: generate the pre-shared key')).not.toBeInTheDocument()
  await press('Show')
  await expect.element(page.getByText('S3cret-canary')).toBeVisible()
})

test('a tunnel whose key was to be generated at once, and was not, is told as unfinished', async () => {
  onTestFinished(() => forgetNewTunnel(tunnel.id))
  noteNewTunnel(tunnel.id, 'generate')
  fakeBff({
    'POST /api/tunnels/:id/psk_generate?validate_only=true': () => ({ body: { valid: true, checkedAt: '' } }),
    'POST /api/tunnels/:id/psk_generate': () => problem('upstream-unavailable'),
  })
  await show(<KeyStep tunnel={tunnel} isGone={false} />)
  await expect.element(page.getByText('Tunnel exists, key was not set')).toBeVisible()
  await press('Set key now')
  await expect.element(page.getByRole('dialog', { name: 'Pre-shared key for branch-07' })).toBeVisible()
})

test('a key that was asked for already is made as soon as the dry run allows it, once', async () => {
  const sent = fakeBff({
    'POST /api/tunnels/:id/psk_generate?validate_only=true': () => ({ body: { valid: true, checkedAt: '' } }),
    'POST /api/tunnels/:id/psk_generate': () => ({ body: { psk: 'S3cret-canary', ipsec_id: 'id.ipsec.example' } }),
  })
  await show(<GeneratePskDialog tunnel={pskTunnelOf(tunnel)} open onOpenChange={() => undefined} startsAtOnce />)
  await expect.element(page.getByRole('checkbox', { name: 'I have stored this key' })).toBeVisible()
  expect(sent.filter(({ what }) => what === 'POST /api/tunnels/:id/psk_generate')).toHaveLength(1)
})

test('a tunnel that has a key by now is asked about first, whatever was planned', async () => {
  const keyed = Tunnel.parse({ ...tunnel, psk_metadata: { last_generated_on: '2026-01-02T03:04:05Z' } })
  const sent = fakeBff({
    'POST /api/tunnels/:id/psk_generate?validate_only=true': () => ({ body: { valid: true, checkedAt: '' } }),
  })
  await show(<GeneratePskDialog tunnel={pskTunnelOf(keyed)} open onOpenChange={() => undefined} startsAtOnce />)
  await expect.element(page.getByText(/^Cloudflare accepts a new key/)).toBeVisible()
  await expect.element(page.getByText('Type the tunnel name first')).toBeVisible()
  expect(sent.filter(({ what }) => what === 'POST /api/tunnels/:id/psk_generate')).toEqual([])
})

test('S19 the device’s configuration with the key is in the dialog only, shown when asked for, and gone with it', async () => {
  fakeBff({
    'POST /api/tunnels/:id/psk_generate?validate_only=true': () => ({ body: { valid: true, checkedAt: '' } }),
    'POST /api/tunnels/:id/psk_generate': () => ({ body: { psk: 'S3cret-canary', ipsec_id: `4711_${tunnel.id}` } }),
  })
  await show(
    <KeyStep tunnel={{ ...tunnel, description: 'strongSwan', cloudflare_endpoint: '192.0.2.1' }} isGone={false} />,
  )
  await press('Generate the key')
  await expect.element(page.getByText(/^Cloudflare accepts a new key/)).toBeVisible()
  await press('Generate key')
  await expect.element(page.getByRole('checkbox', { name: 'I have stored this key' })).toBeVisible()
  const summary = page.getByText('Configuration for the device, with this key')
  ;(summary.element() as HTMLElement).click()
  await expect.element(page.getByRole('combobox', { name: 'Device' })).toHaveValue('strongswan')
  const files = () => [...document.querySelectorAll('pre')].map(({ textContent }) => textContent).join('\n')
  expect(files()).toContain('PASTE-KEY-HERE')
  expect(files()).toContain(`${tunnel.id}.4711.ipsec.cloudflare.com`)
  expect(document.documentElement.outerHTML).not.toContain('S3cret-canary')
  await press('Show the keys in them')
  await expect.poll(files).toContain('S3cret-canary')
  expect(files()).not.toContain('PASTE-KEY-HERE')
  await expect.element(page.getByRole('button', { name: 'Download' })).not.toBeInTheDocument()
  ;(page.getByRole('checkbox', { name: 'I have stored this key' }).element() as HTMLElement).click()
  await press('Done')
  await expect.element(summary).not.toBeInTheDocument()
  expect(document.documentElement.outerHTML).not.toContain('S3cret-canary')
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain('S3cret-canary')
})
