import { parametersOf } from '../parameters.ts'
import { rowsOf } from '../rows.ts'
import { keyRow, sheetText } from '../sheet.ts'
import type { DeviceTemplate } from '../template.ts'

const about = {
  id: 'generic',
  vendor: 'Any other device',
  title: 'Every parameter, both ends named',
  kind: 'sheet',
  software: 'any device with IKEv2',
  version: '1',
  sourceDate: '2026-11-28',
  sources: [
    'https://developers.cloudflare.com/cloudflare-wan/reference/gre-ipsec-tunnels/',
    'https://developers.cloudflare.com/cloudflare-wan/configuration/how-to/configure-tunnel-endpoints/',
    'https://developers.cloudflare.com/cloudflare-wan/configuration/how-to/configure-routes/',
  ],
  tested: 'The same parameters ran between two strongSwan 5.9.8.',
  identity: 'fqdn',
} as const satisfies Omit<DeviceTemplate, 'files'>

export const generic: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    const groups = [...rowsOf(parameters), { title: 'Key', rows: [keyRow(input.key)] }]
    return [{ name: `${parameters.label}.txt`, language: 'text', text: sheetText(about, parameters, groups) }]
  },
}
