import { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { fakeBff, press, sessionOf, show } from '../test/bff.tsx'
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
