import type { Tunnel } from '@tunnel-console/shared/tunnel'

export type TemplateId =
  | 'strongswan'
  | 'strongswan-vti'
  | 'cisco-ios-xe'
  | 'fortigate'
  | 'juniper-srx'
  | 'palo-alto'
  | 'vyos'
  | 'pfsense'
  | 'unifi'
  | 'mikrotik'
  | 'aws'
  | 'azure'
  | 'gcp'
  | 'generic'

/** What stands in a file in place of the key, unless the key is being revealed. */
export const keyPlaceholder = 'PASTE-KEY-HERE'

export interface DeviceInput {
  tunnel: Tunnel
  /** Cloudflare's numeric account number, part of the IKE identities; not the account id. `null`: unknown. */
  accountNumber: string | null
  /** The pre-shared key, only while it is being revealed, and only in the browser. */
  key: string | null
}

/** A file for the device. `text` ends with a line break; `language` names its syntax, for highlighting. */
export interface DeviceFile {
  name: string
  language: string
  text: string
}

/** How the device names itself in IKE: a domain name, an e-mail address, or its public address. */
export type IdentityKind = 'fqdn' | 'user' | 'ipv4'

export interface DeviceTemplate {
  id: TemplateId
  vendor: string
  title: string
  /** A `configuration` is pasted or copied; a `sheet` lists what to set by hand. */
  kind: 'configuration' | 'sheet'
  /** The software that it is written for. */
  software: string
  /** Of the template; it rises with every change of what it gives. */
  version: string
  /** The day on which the sources were read, `2026-11-28`. */
  sourceDate: string
  sources: readonly string[]
  /** What was done to try it, in one sentence, for people. */
  tested: string
  identity: IdentityKind
  files(input: DeviceInput): DeviceFile[]
  /** What this vendor asks beyond the common parameters and this tunnel or key does not fulfil. */
  needs?(input: DeviceInput): Missing[]
}

/** Something that the device needs and the tunnel does not say. */
export interface Missing {
  what: string
  why: string
}
