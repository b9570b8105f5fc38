import type { Suite } from './suites.ts'

/** What is compared, in the order in which it is told. */
export const topics = [
  'session',
  'version',
  'peer',
  'local-id',
  'remote-id',
  'ike',
  'ike-lifetime',
  'child',
  'esp',
  'child-lifetime',
  'selectors',
  'inside',
  'replay',
  'mss',
  'begins',
  'bgp-state',
  'bgp-neighbour',
  'bgp-local-asn',
  'bgp-remote-asn',
] as const
export type Topic = (typeof topics)[number]

/** What a text says of one BGP session. `null`: it does not say. */
export interface BgpFacts {
  neighbour: string | null
  localAsn: string | null
  remoteAsn: string | null
  /** As the device words it; `null`: this is a configuration, which has no state. */
  state: string | null
}

/**
 * What a text says of one connection. An empty list or `null`: it does not say. Every text in it was matched by a narrow
 * pattern (an address, an identity, the name of an algorithm), so that no key that was pasted along can be among them.
 */
export interface Facts {
  /** The connection's own name on the device, or its number. */
  name: string
  /** The state of the IKE session as the device words it, and whether that means a session. */
  session: { word: string; isUp: boolean } | null
  /** The same of the child SA. */
  child: { word: string; isUp: boolean } | null
  /** `isTwo` is `null` where it hangs on the software of the device. */
  version: { word: string; isTwo: boolean | null } | null
  peers: readonly string[]
  localIds: readonly string[]
  remoteIds: readonly string[]
  ike: readonly Suite[]
  esp: readonly Suite[]
  selectors: { local: readonly string[]; remote: readonly string[] } | null
  /** The device's address inside the tunnel, without a prefix length. */
  inside: string | null
  replay: { word: string; isOn: boolean } | null
  /** Seconds until the device renews the IKE session and the child; `null`: it does not say. */
  ikeLifetime: number | null
  childLifetime: number | null
  /** Bytes; `null`: it does not say. */
  mss: number | null
  begins: { word: string; isOn: boolean } | null
  /** What went wrong, in words of ours. */
  notices: readonly Notice[]
}

/** Something that the device has noted and that tells the cause by itself. */
export interface Notice {
  /** The device's own word, from a list of ours. */
  word: string
  meaning: string
  mend: string
}

/** A connection of which nothing is known yet. */
export const noFacts = (name: string): Facts => ({
  name,
  session: null,
  child: null,
  version: null,
  peers: [],
  localIds: [],
  remoteIds: [],
  ike: [],
  esp: [],
  selectors: null,
  inside: null,
  replay: null,
  ikeLifetime: null,
  childLifetime: null,
  mss: null,
  begins: null,
  notices: [],
})

/** What one dialect found in a text. */
export interface Reading {
  connections: readonly Facts[]
  sessions: readonly BgpFacts[]
}

/** One kind of text that devices give: how it is known, read, and mended. */
export interface Dialect {
  /** Such as "strongSwan, swanctl --list-sas". */
  title: string
  /** What it was read from when it was written, for people; ends the sentence "Written after …". */
  tested: string
  /** Given the lines, at most 1,000 characters each. `null`: this is something else. */
  read(lines: readonly string[]): Reading | null
  /** How a difference is mended on this device, by what should be there. Where nothing is named the general words do. */
  mend: Partial<Record<Topic, (expected: string) => string>>
  /** Where to look for what this text never tells. */
  elsewhere: Partial<Record<Topic, string>>
}
