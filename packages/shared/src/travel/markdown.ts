import { draftOf } from '../draft.ts'
import { peerAddress } from '../ip.ts'
import { markdownText as escaped } from '../markdown-text.ts'
import type { Tunnel } from '../tunnel.ts'
import { valueWords } from '../words.ts'
import { keyNote } from './carried.ts'
import type { Exported } from './json-file.ts'

/**
 * A hand-over sheet in Markdown (GitHub's tables): what the people at the far end set on their device. No key is in it.
 * Whatever comes from outside is shown as it is and can start nothing: no link, no HTML, no second row.
 */
export function tunnelsMarkdown(tunnels: readonly Tunnel[], { account, at }: Exported): string {
  const head = [
    '# IPsec tunnels: hand-over sheet',
    '',
    `Account ${escaped(account)}, as of ${escaped(at)}. ${keyNote} Hand a key over by a link that opens once.`,
    '',
  ]
  return [...head, ...tunnels.flatMap(section)].join('\n')
}

function section(tunnel: Tunnel): string[] {
  const rows = rowsOf(tunnel).map(([label, value]) => `| ${label} | ${value === '' ? 'not set' : escaped(value)} |`)
  return [`## ${escaped(tunnel.name || tunnel.id)}`, '', '| | |', '| --- | --- |', ...rows, '']
}

function rowsOf(tunnel: Tunnel): [label: string, value: string][] {
  const draft = draftOf(tunnel)
  const { health_check, bgp } = draft
  const isOn = health_check.enabled
  return [
    ['Tunnel id', tunnel.id],
    ['Description', draft.description],
    ['Cloudflare endpoint (the device connects to it)', draft.cloudflare_endpoint],
    ['Customer endpoint (the device’s public address)', draft.customer_endpoint],
    ['Inside address at Cloudflare', draft.interface_address],
    ['Inside address at the device', peerAddress(draft.interface_address) ?? ''],
    ['Inside address at Cloudflare (IPv6)', draft.interface_address6],
    ['IKE identity of the device (FQDN)', tunnel.remote_identities?.fqdn_id ?? ''],
    ['IKE identity of the device (custom FQDN)', draft.custom_remote_identities.fqdn_id],
    ['Replay protection', valueWords('replay_protection', draft.replay_protection)],
    ['Health check', isOn ? healthWords(health_check) : 'Off'],
    ['Health check target', health_check.target.saved],
    ['BGP: ASN of the device', bgp.enabled ? String(bgp.customer_asn ?? '') : 'no BGP'],
    ['BGP: extra prefixes', bgp.extra_prefixes.join(' ')],
    ['BGP: MD5 key', bgp.md5_key === '' ? 'none' : 'set; not in this sheet'],
  ]
}

function healthWords({ rate, type, direction }: { rate: string; type: string; direction: string }): string {
  return (['rate', 'type', 'direction'] as const)
    .map((key) => valueWords(`health_check.${key}`, { rate, type, direction }[key]))
    .join(', ')
}
