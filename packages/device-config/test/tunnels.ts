import { Tunnel } from '@tunnel-console/shared/tunnel'

const id = '0123abcd89ab4cdef0123456789abcde'

/** A branch without BGP, as Cloudflare tells of it. */
export const branch = Tunnel.parse({
  id,
  name: 'rotterdam-a',
  description: 'Rotterdam warehouse',
  cloudflare_endpoint: '162.159.135.10',
  customer_endpoint: '203.0.113.20',
  interface_address: '10.252.2.20/31',
  health_check: { enabled: true, type: 'request', direction: 'bidirectional', rate: 'mid', target: '' },
  remote_identities: {
    fqdn_id: `${id}.123456789.ipsec.cloudflare.com`,
    user_id: `ipsec@${id}.123456789.ipsec.cloudflare.com`,
    hex_id: '',
  },
})

/** A hub in a cloud, with BGP, a /30 and replay protection. */
export const hub = Tunnel.parse({
  ...branch,
  name: 'aws-eu-central-1-a',
  interface_address: '169.254.240.2/30',
  replay_protection: true,
  bgp: { customer_asn: 64512, extra_prefixes: ['0.0.0.0/0'], md5_key: 'hub+session.2026' },
})
