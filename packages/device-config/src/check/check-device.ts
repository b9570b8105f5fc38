import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { dialects } from './dialects.ts'
import { type Dialect, type Facts, type Notice, type Reading, type Topic, topics } from './facts.ts'
import { type Judged, judges, type Verdict } from './judge.ts'
import { judgeBgp, sessionFor } from './judge-bgp.ts'
import { linesOf, shortName } from './lines.ts'
import { topicWords } from './topic-words.ts'
import { type Wants, wantsOf } from './wants.ts'

/** What can be read, and what each was read from when it was written; for people. */
export const readable: readonly { title: string; tested: string }[] = dialects.map(({ title, tested }) => ({
  title,
  tested,
}))

export interface Finding {
  topic: Topic
  label: string
  verdict: Verdict
  yours: string
  expected: string
  why: string | null
  /** `null`: it fits. */
  mend: string | null
}

/** What one kind of text in it said. */
export interface Part {
  title: string
  /** What its reader was written from. */
  tested: string
  /** The connection that was held against the tunnel; `null`: there are only BGP sessions, or none of several is this one. */
  compared: string | null
  /** Names of the others. */
  passedOver: readonly string[]
  /** There are several connections, and none has this tunnel's peer, identity or address. */
  isAnother: boolean
  notices: readonly Notice[]
  findings: readonly Finding[]
}

export interface Report {
  /** Empty: nothing was recognised. */
  parts: readonly Part[]
  /** What no text said, and where to look for it. Empty when nothing was recognised. */
  unchecked: readonly { label: string; where: string }[]
  /** Only the beginning was read: the text is longer than any device's. */
  isCut: boolean
}

/**
 * Holds what a device says, its configuration or its status, against a tunnel. Several texts may stand one after the other.
 * Pure, so that it runs where the text was pasted; nothing that was pasted is in the answer but addresses, identities,
 * names of connections, states and algorithms. Never fails; a megabyte takes well under a second.
 */
export function checkDevice(text: string, tunnel: Tunnel, accountNumber: string | null): Report {
  const wants = wantsOf(tunnel, accountNumber)
  const { lines, isCut } = linesOf(text)
  const read = dialects.flatMap((dialect) => {
    const reading = dialect.read(lines)
    return reading === null ? [] : [{ dialect, part: partOf(dialect, reading, wants) }]
  })
  return { parts: read.map(({ part }) => part), unchecked: uncheckedOf(read, wants), isCut }
}

function partOf(dialect: Dialect, { connections, sessions }: Reading, wants: Wants): Part {
  const likeness = connections.map((facts) => likenessOf(facts, wants))
  const most = Math.max(...likeness)
  const isAnother = connections.length > 1 && most === 0
  const chosen = isAnother ? undefined : connections[likeness.indexOf(most)]
  const session = sessionFor(sessions, wants)
  const judged = [...(chosen ? judgedOf(chosen, wants) : []), ...(session ? judgeBgp(session, wants) : [])]
  return {
    title: dialect.title,
    tested: dialect.tested,
    compared: chosen?.name ?? null,
    passedOver: connections.filter((facts) => facts !== chosen).map(({ name }) => name),
    isAnother,
    notices: chosen?.notices ?? [],
    findings: judged.map(([topic, one]) => findingOf(dialect, topic, one)),
  }
}

const judgedOf = (facts: Facts, wants: Wants): [Topic, Judged][] =>
  topics.flatMap((topic): [Topic, Judged][] => {
    const judged = judges[topic]?.(facts, wants) ?? null
    return judged === null ? [] : [[topic, judged]]
  })

function findingOf(dialect: Dialect, topic: Topic, { verdict, yours, expected, why, isForUs }: Judged): Finding {
  const { label, mend } = topicWords[topic]
  const words = verdict === 'fits' || isForUs ? null : (dialect.mend[topic] ?? mend)(expected)
  return { topic, label, verdict, yours, expected, why: why ?? null, mend: words }
}

/**
 * How much a connection looks like this tunnel; 0: not at all. An identity names it, addresses may be shared, and a name
 * (the tunnel's own, or the label that our files give) only helps.
 */
function likenessOf({ name, peers, localIds, inside, selectors, session, child }: Facts, wants: Wants): number {
  const { tunnel, cloudflare, device, label } = wants
  const hasId = localIds.some((id) => id.toLowerCase().includes(tunnel.id))
  const hasInside =
    inside === device.inside || (selectors?.local ?? []).some((one) => one.split('/')[0] === device.inside)
  const hasName = name === shortName(tunnel.name) || name.includes(label)
  const likeness =
    (hasId ? 16 : 0) + (hasInside ? 8 : 0) + (peers.includes(cloudflare.outside) ? 4 : 0) + (hasName ? 2 : 0)
  // A session that is up may stand beside one of the same name that is not.
  return likeness === 0 ? 0 : likeness + (session?.isUp || child?.isUp ? 1 : 0)
}

function uncheckedOf(read: readonly { dialect: Dialect; part: Part }[], { bgp }: Wants): Report['unchecked'] {
  if (read.length === 0) return []
  const told = new Set(read.flatMap(({ part }) => part.findings.map(({ topic }) => topic)))
  return topics
    .filter((topic) => !told.has(topic) && (bgp !== null || !topic.startsWith('bgp-')))
    .map((topic) => {
      const { label, where } = topicWords[topic]
      return {
        label,
        where: read.map(({ dialect }) => dialect.elsewhere[topic]).find((one) => one !== undefined) ?? where,
      }
    })
}
