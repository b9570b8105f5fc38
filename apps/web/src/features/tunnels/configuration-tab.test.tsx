import { Tunnel } from '@tunnel-console/shared/tunnel'
import { visibleTunnel } from '@tunnel-console/shared/visible'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { ConfigurationTab } from './configuration-tab.tsx'

const tunnel = Tunnel.parse({
  id: '0'.repeat(32),
  name: 'zurich-a',
  interface_address: '10.99.0.0/31',
  health_check: { rate: 'mid', type: 'ludicrous', direction: 'bidirectional' },
  bgp: { customer_asn: 65010, extra_prefixes: ['100.64.0.0/12'], md5_key: 'canary-md5', import_filter_id: 'filter-1' },
  custom_remote_identities: { fqdn_id: 'zurich.1.custom.ipsec.cloudflare.com' },
})

const show = (shown: Parameters<typeof ConfigurationTab>[0]['tunnel']) =>
  render(<ConfigurationTab tunnel={shown} unknownFields={[]} />)
const part = (name: string) => page.getByRole('region', { name, exact: true })
const labelsOf = (name: string) =>
  [...part(name).element().querySelectorAll('dt')].map(({ textContent }) => textContent)

test('every value reads as it does in the form, one that this build does not know as it is', async () => {
  await show(tunnel)
  expect(labelsOf('Health check')).toEqual([
    'Health check',
    'Health check rate',
    'Health check type',
    'Health check direction',
    'Health check target',
    'Target in use',
  ])
  const values = [...part('Health check').element().querySelectorAll('dd')].map(({ firstChild }) => firstChild)
  expect(values.slice(0, 4).map((value) => value?.textContent)).toEqual(['On', 'Medium', 'ludicrous', 'Bidirectional'])
  expect(labelsOf('BGP')).toEqual(['BGP', 'Customer ASN', 'Extra prefixes', 'MD5 key', 'Import filter'])
  expect(part('BGP').element().textContent).not.toContain('canary-md5')
  await expect.element(part('IKE identity').getByText('zurich.1.custom.ipsec.cloudflare.com')).toBeVisible()
})

test('S10 support has rows for what it sees and no empty section for the rest', async () => {
  await show(visibleTunnel(tunnel, 'support'))
  const titles = page.getByRole('heading').elements()
  expect(titles.map(({ textContent }) => textContent)).toEqual([
    'Identity',
    'Endpoints',
    'Inside addresses',
    'Health check',
    'BGP',
    'Protection',
    'Dates and id',
  ])
  expect(labelsOf('BGP')).toEqual(['BGP', 'Customer ASN', 'Extra prefixes', 'Import filter'])
})

test('a BGP that is off is one row', async () => {
  await show({ ...tunnel, bgp: null })
  expect(labelsOf('BGP')).toEqual(['BGP'])
  await expect.element(part('BGP').getByText('Off', { exact: true })).toBeVisible()
})
