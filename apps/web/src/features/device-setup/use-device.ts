import { type DeviceTemplate, templates } from '@tunnel-console/device-config/templates'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { chooseDevice, deviceChoices } from '../../lib/device-choices.ts'
import { useStore } from '../../lib/store.ts'

/** Words by which people name their devices in names and descriptions. */
const words: readonly [pattern: RegExp, templateId: string][] = [
  [/forti/i, 'fortigate'],
  [/meraki|sd-?wan/i, 'generic'],
  [/cisco|\b(?:isr|asr|csr|c8[0-9]{3})/i, 'cisco-ios-xe'],
  [/juniper|\bsrx/i, 'juniper-srx'],
  [/palo ?alto|pan-?os|\bpa-\d/i, 'palo-alto'],
  [/vyos/i, 'vyos'],
  [/pfsense/i, 'pfsense'],
  [/unifi|ubiquiti|\budm/i, 'unifi'],
  [/mikrotik|routeros/i, 'mikrotik'],
  [/\baws\b|amazon/i, 'aws'],
  [/azure/i, 'azure'],
  [/\bgcp\b|google/i, 'gcp'],
  [/strongswan|linux|debian|ubuntu/i, 'strongswan'],
]

export interface Device {
  template: DeviceTemplate
  /** It was read out of the tunnel's name or description, and nobody has said so. */
  isGuessed: boolean
  choose: (templateId: string) => void
}

/** The device at the other end: as chosen in this browser, else as the tunnel's own words say, else any. */
export function useDevice({ id, name, description }: Pick<Tunnel, 'id' | 'name' | 'description'>): Device {
  const chosen = templateOf(useStore(deviceChoices)[id])
  const guessed = templateOf(words.find(([pattern]) => pattern.test(`${description} ${name}`))?.[1])
  return {
    template: chosen ?? guessed ?? generic(),
    isGuessed: !chosen && guessed !== undefined && guessed.id !== 'generic',
    choose: (templateId) => chooseDevice(id, templateId),
  }
}

const templateOf = (id: string | undefined) => templates.find((template) => template.id === id)

function generic(): DeviceTemplate {
  const last = templateOf('generic') ?? templates.at(-1)
  if (!last) throw new Error('There is no device template')
  return last
}
