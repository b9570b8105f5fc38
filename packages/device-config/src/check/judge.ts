import { cidrContains } from '@tunnel-console/shared/ip'
import { proposal } from '../proposal.ts'
import type { Facts, Topic } from './facts.ts'
import { lifetimes } from './lifetimes.ts'
import { type Suite, suiteWords } from './suites.ts'
import type { Wants } from './wants.ts'

/** `doubt`: it may work, and a person should look. */
export type Verdict = 'fits' | 'differs' | 'doubt'

export interface Judged {
  verdict: Verdict
  yours: string
  expected: string
  /** Why it is told so, where the two values do not say it. */
  why?: string
  /** It is not on the device that anything must be changed. */
  isForUs?: true
}

/** Compares one thing. `null`: the text does not say it. */
type Judge = (facts: Facts, wants: Wants) => Judged | null

const verdict = (fits: boolean): Verdict => (fits ? 'fits' : 'differs')

/** What Cloudflare takes (docs: "GRE and IPsec tunnels"). Where its own pages differ, `perhaps` has the longer list. */
const allowed = {
  ike: { ciphers: ['AES-GCM-128', 'AES-GCM-256', 'AES-CBC-256'], integrities: ['SHA-256'] },
  esp: { ciphers: ['AES-GCM-128', 'AES-GCM-256', 'AES-CBC-128', 'AES-CBC-256'], integrities: ['SHA-256', 'SHA-1'] },
  prfs: ['SHA-256', 'SHA-384', 'SHA-512'],
  groups: [20, 14, 5],
} as const
const perhaps = { integrities: ['SHA-384', 'SHA-512'], groups: [15, 16, 19] } as const

export const judges: Partial<Record<Topic, Judge>> = {
  session: ({ session }) =>
    session && { verdict: verdict(session.isUp), yours: session.word, expected: 'a session that is up' },
  child: ({ child }) => child && { verdict: verdict(child.isUp), yours: child.word, expected: 'a child SA that is up' },
  version: ({ version }) =>
    version && {
      verdict: version.isTwo === null ? 'doubt' : verdict(version.isTwo),
      yours: version.word,
      expected: 'IKEv2: Cloudflare speaks no other',
    },
  peer: ({ peers }, { cloudflare }) =>
    listed(peers, (yours) => ({
      verdict: verdict(peers.includes(cloudflare.outside)),
      yours,
      expected: cloudflare.outside,
    })),
  'local-id': ({ localIds }, wants) => listed(localIds, (yours) => localId(yours, localIds.map(bare), wants)),
  'remote-id': ({ remoteIds }, { cloudflare }) =>
    listed(remoteIds, (yours) => {
      const ids = remoteIds.map(bare)
      return { verdict: verdict(ids.includes(cloudflare.outside)), yours, expected: cloudflare.outside }
    }),
  ike: ({ ike, session }) => suites(ike, allowed.ike, `${proposal.encryption}, PRF ${proposal.hash}`, session?.isUp),
  'ike-lifetime': ({ ikeLifetime }) => (ikeLifetime === null ? null : lifetimes.ike(ikeLifetime)),
  'child-lifetime': ({ childLifetime }) => (childLifetime === null ? null : lifetimes.child(childLifetime)),
  esp: ({ esp, child }) => suites(esp, allowed.esp, proposal.encryption, child?.isUp),
  selectors: ({ selectors }, wants) => selectors && carried(selectors, wants),
  inside: ({ inside }, { device }) =>
    inside === null ? null : { verdict: verdict(inside === device.inside), yours: inside, expected: device.inside },
  replay: ({ replay }, { antiReplay }) =>
    replay && {
      verdict: verdict(antiReplay || !replay.isOn),
      yours: replay.word,
      expected: antiReplay ? 'on or off: Cloudflare sends in order for this tunnel' : 'off, or a window of 0',
    },
  mss: ({ mss }) =>
    mss === null
      ? null
      : { verdict: verdict(mss <= proposal.mss), yours: `${mss} bytes`, expected: `${proposal.mss} bytes or less` },
  begins: ({ begins }) =>
    begins && {
      verdict: verdict(begins.isOn),
      yours: begins.word,
      expected: 'this device begins by itself: Cloudflare only answers',
    },
}

const listed = (values: readonly string[], judge: (yours: string) => Judged): Judged | null =>
  values.length === 0 ? null : judge(values.join(', '))

/** An identity without the mark of its kind: `@name`, `fqdn:name`, `keyid:…`. */
const bare = (id: string) => id.replace(/^(?:fqdn|keyid|email|rfc822|ipv4|userfqdn):|^@+(?!#)/i, '').toLowerCase()

function localId(yours: string, ids: readonly string[], wants: Wants): Judged {
  const { fqdn, accountNumber } = wants.identities
  const expected = wants.ids[0] ?? fqdn
  const isOurs = wants.ids.some((id) => ids.includes(id.toLowerCase()))
  const others = wants.ids.length > 1 ? { why: `Cloudflare takes any of: ${wants.ids.join(', ')}` } : {}
  if (isOurs || accountNumber !== null) return { verdict: verdict(isOurs), yours, expected, ...(isOurs ? {} : others) }
  if (!ids.some((id) => id.includes(wants.tunnel.id))) return { verdict: 'differs', yours, expected: fqdn }
  return {
    verdict: 'doubt',
    yours,
    expected: fqdn,
    why: 'The tunnel id fits. The account number is not known here: give it above.',
    isForUs: true,
  }
}

function suites(
  offered: readonly Suite[],
  taken: (typeof allowed)['ike' | 'esp'],
  best: string,
  isUp = false,
): Judged | null {
  const [suite] = offered
  if (!suite) return null
  const expected = `${best}, DH group ${proposal.group}`
  const yours = offered.map(suiteWords).join('; ')
  if (isUp || offered.some((one) => takes(one, taken.ciphers, taken.integrities, allowed.groups))) {
    return { verdict: 'fits', yours, expected }
  }
  const more = [...taken.integrities, ...perhaps.integrities]
  if (!offered.some((one) => takes(one, taken.ciphers, more, [...allowed.groups, ...perhaps.groups]))) {
    return { verdict: 'differs', yours, expected }
  }
  return { verdict: 'doubt', yours, expected, why: 'Cloudflare’s own pages disagree whether this is taken.' }
}

/** What a suite does not name is no reason against it. */
function takes(suite: Suite, ciphers: readonly string[], integrities: readonly string[], groups: readonly number[]) {
  const some = <T>(offered: readonly T[], taken: readonly T[]) =>
    offered.length === 0 || offered.some((one) => taken.includes(one))
  return (
    some(suite.ciphers, ciphers) &&
    some(suite.integrities, integrities) &&
    some(suite.prfs, allowed.prfs) &&
    some(suite.groups, groups)
  )
}

const everything = '0.0.0.0/0'

/** Where only one side is told it may be wrong, and is never right. */
function carried({ local, remote }: NonNullable<Facts['selectors']>, { device, cloudflare }: Wants): Judged | null {
  const words = (list: readonly string[]) => list.slice(0, 8).join(' ') || 'not told'
  const shown = { yours: `${words(local)} to ${words(remote)}`, expected: `${everything} to ${everything}` }
  if (local.includes(everything) && remote.includes(everything)) return { verdict: 'fits', ...shown }
  const holds = (list: readonly string[], address: string) =>
    list.length === 0 || list.some((one) => cidrContains(one.includes('/') ? one : `${one}/32`, address))
  if (!holds(local, device.inside) || !holds(remote, cloudflare.inside)) {
    return {
      verdict: 'differs',
      ...shown,
      why: 'The inside addresses are not among them, so probes and BGP cannot pass.',
    }
  }
  if (local.length === 0 || remote.length === 0) return null
  return {
    verdict: 'doubt',
    ...shown,
    why: 'The inside addresses pass. All other traffic is only carried if it is named.',
  }
}
