import { type Dialect, type Notice, noFacts } from '../facts.ts'
import { identityPattern } from '../lines.ts'

/** What an IKE log says and what it means here: names of RFC 7296, 3.10.1, and words of strongSwan. */
const causes: readonly [pattern: RegExp, notice: Notice][] = [
  [
    /\bAUTH(?:ENTICATION)?_FAILED\b/,
    {
      word: 'AUTHENTICATION_FAILED',
      meaning:
        'The keys differ, or the device names itself by an identity that Cloudflare does not know for this tunnel.',
      mend: 'Compare the local identity first. If it fits, generate a new key and set it on the device.',
    },
  ],
  [
    /\bNO_PROP(?:OSAL_CHOSEN)?\b/,
    {
      word: 'NO_PROPOSAL_CHOSEN',
      meaning: 'Cloudflare takes none of the algorithms that the device offers.',
      mend: 'Offer AES-GCM-256 with PRF SHA-256 and group 20 for IKE, and AES-GCM-256 with group 20 for ESP.',
    },
  ],
  [
    /\bTS_UNACCEPT(?:ABLE)?\b/,
    {
      word: 'TS_UNACCEPTABLE',
      meaning: 'The networks that the device wants to carry are not accepted.',
      mend: 'Ask for 0.0.0.0/0 on both sides.',
    },
  ],
  [
    /\bINVAL(?:ID)?_KE(?:_PAYLOAD)?\b|configured DH group \w+ not supported/,
    {
      word: 'INVALID_KE_PAYLOAD',
      meaning:
        'The first Diffie-Hellman group that the device sent is not the one that was chosen, or it cannot do it.',
      mend: 'Offer group 20 alone.',
    },
  ],
  [
    /giving up after \d+ retransmits|peer not responding|\bretransmit [2-9] of request/,
    {
      word: 'no answer',
      meaning: 'The device asks and nothing comes back.',
      mend: 'Look at the peer address, and let UDP 500, UDP 4500 and ESP (IP protocol 50) through in both directions.',
    },
  ],
  [
    /no shared key found/,
    {
      word: 'no shared key found',
      meaning: 'The device has no key for this peer.',
      mend: 'Put the key where the device looks for it, under the identity of Cloudflare.',
    },
  ],
]

const tagged = /\[(?:IKE|NET|CFG|ENC)\]/

/** A log of IKE, strongSwan's or another's: what is in it tells the cause by itself. */
export const ikeLog: Dialect = {
  title: 'IKE log',
  tested: 'output recorded from a strongSwan of ours',
  read(lines) {
    const found = causes.filter(([pattern]) => lines.some((line) => pattern.test(line))).map(([, notice]) => notice)
    const isLog = lines.some((line) => tagged.test(line))
    if (found.length === 0 && !isLog) return null
    const peers = [
      ...new Set(lines.flatMap((line) => after(line, /initiating IKE_SA \S{1,100} to ((?:\d{1,3}\.){3}\d{1,3})/))),
    ]
    const localIds = lines
      .flatMap((line) => after(line, /authentication of '([^']{1,255})' \(myself\)/))
      .filter((id) => identityPattern.test(id))
    const facts = { ...noFacts('log'), peers: peers.slice(-1), localIds: localIds.slice(-1), notices: found }
    return { connections: [facts], sessions: [] }
  },
  mend: {},
  elsewhere: {},
}

const after = (line: string, pattern: RegExp): string[] => pattern.exec(line)?.slice(1) ?? []
