import type { Topic } from './facts.ts'

interface TopicWords {
  label: string
  /** How it is mended on a device of which nothing more is known. */
  mend: (expected: string) => string
  /** Where to look when no text told it. */
  where: string
}

const status = 'the device’s list of IKE sessions'
const configuration = 'the device’s configuration'
const bgpStatus = 'the device’s list of BGP neighbours'

export const topicWords: Record<Topic, TopicWords> = {
  session: {
    label: 'IKE session',
    mend: () => 'Start the session on the device and look at its IKE log. Paste the log here.',
    where: status,
  },
  version: {
    label: 'IKE version',
    mend: () => 'Let the device speak IKEv2.',
    where: configuration,
  },
  peer: { label: 'Peer address', mend: (expected) => `Let the device connect to ${expected}.`, where: configuration },
  'local-id': {
    label: 'Identity of the device',
    mend: (expected) => `Let the device name itself ${expected}.`,
    where: configuration,
  },
  'remote-id': {
    label: 'Identity of Cloudflare',
    mend: (expected) => `Let the device expect ${expected}, an IPv4 address, as the identity of its peer.`,
    where: configuration,
  },
  ike: {
    label: 'IKE proposal',
    mend: () => 'Offer AES-GCM-256 with PRF SHA-256 and group 20; or AES-CBC-256 with SHA-256 and group 20.',
    where: configuration,
  },
  'ike-lifetime': {
    label: 'IKE lifetime',
    mend: (expected) => `Set the lifetime of the IKE session to ${expected}.`,
    where: configuration,
  },
  child: {
    label: 'IPsec session (child SA)',
    mend: () =>
      'Look at the device’s IKE log: proposal and networks of the child must be accepted. Paste the log here.',
    where: status,
  },
  esp: {
    label: 'IPsec proposal',
    mend: () => 'Offer AES-GCM-256 with perfect forward secrecy in group 20.',
    where: configuration,
  },
  'child-lifetime': {
    label: 'IPsec lifetime',
    mend: (expected) => `Set the lifetime of the child to ${expected}.`,
    where: configuration,
  },
  selectors: {
    label: 'Networks that are carried',
    mend: () => 'Ask for 0.0.0.0/0 on both sides (route-based), and route into the tunnel what shall pass.',
    where: configuration,
  },
  inside: {
    label: 'Inside address of the device',
    mend: (expected) => `Give the tunnel interface the address ${expected}.`,
    where: configuration,
  },
  replay: {
    label: 'Anti-replay',
    mend: () => 'Switch the check off on the device, or set replay protection on for this tunnel at Cloudflare.',
    where: configuration,
  },
  mss: {
    label: 'TCP MSS',
    mend: (expected) => `Clamp the MSS on the tunnel interface to ${expected}.`,
    where: configuration,
  },
  begins: {
    label: 'Who begins',
    mend: () => 'Let the device begin by itself, and again when the session was lost.',
    where: configuration,
  },
  'bgp-state': {
    label: 'BGP session',
    mend: () => 'The IPsec tunnel comes first. Then compare neighbour, ASNs and MD5 key.',
    where: bgpStatus,
  },
  'bgp-neighbour': {
    label: 'BGP neighbour',
    mend: (expected) => `Make ${expected} the neighbour.`,
    where: bgpStatus,
  },
  'bgp-local-asn': {
    label: 'ASN of the device',
    mend: (expected) => `Set the own ASN to ${expected}.`,
    where: bgpStatus,
  },
  'bgp-remote-asn': {
    label: 'ASN of Cloudflare',
    mend: (expected) => `Set the neighbour’s ASN to ${expected}.`,
    where: bgpStatus,
  },
}
