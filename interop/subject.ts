import { parametersOf } from '@tunnel-console/device-config/parameters'
import { type DeviceFile, type TemplateId, templates } from '@tunnel-console/device-config/templates'
import { Tunnel } from '@tunnel-console/shared/tunnel'

const id = '7d3f0c5e9a1b4c2d8e6f001122334455'

/** A tunnel as the sandbox has them, with BGP. Its name would be several commands if a template let it. */
export const tunnel = Tunnel.parse({
  id,
  name: 'dallas-a"\n}\nrouter id 9.9.9.9;\n$(reboot) # \\',
  cloudflare_endpoint: '198.51.100.1',
  customer_endpoint: '198.51.100.2',
  interface_address: '10.252.2.20/31',
  remote_identities: { fqdn_id: `${id}.123456789.ipsec.cloudflare.com`, user_id: '', hex_id: '' },
  bgp: { customer_asn: 65010, extra_prefixes: [], md5_key: '' },
})

/** Made for this test and used nowhere else; it has all that would end a string or begin a comment. */
export const key = 'interop "only" \\ # $(x) {key} 2026'

export const parameters = parametersOf({ tunnel, accountNumber: null, key: null })
export const identity = parameters.identities.fqdn

/** MD5 keys of BGP that would end a string, a line or a block, or begin a comment. */
export const awkwardMd5 = [
  'a"b',
  'a\\',
  '#a',
  '!a',
  'a;}',
  "it's$(x)",
  'a b',
  'two  spaces',
  ' before',
  'a\nrouter id 9.9.9.9;',
  'ü',
]

/** A file that a template makes, by the end of its name. */
export function fileOf(template: TemplateId, ending: string, withKey: string | null, md5 = ''): DeviceFile {
  const bgp = tunnel.bgp && { ...tunnel.bgp, md5_key: md5 }
  const found = templates
    .filter(({ id }) => id === template)
    .flatMap((one) => one.files({ tunnel: { ...tunnel, bgp }, accountNumber: null, key: withKey }))
    .find(({ name }) => name.endsWith(ending))
  if (!found) throw new Error(`${template} makes no file that ends with ${ending}`)
  return found
}
