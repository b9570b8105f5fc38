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
