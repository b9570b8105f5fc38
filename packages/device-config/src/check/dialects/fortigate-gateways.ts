import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { gathered } from '../gathered.ts'
import { identityPattern, shortName } from '../lines.ts'
import { suiteOf } from '../suites.ts'
import { fortigateElsewhere, fortigateMend } from './fortigate-words.ts'

/**
 * The IKE gateways of a FortiGate, `name:` and what belongs to it. The keys of a session stand in it too (`key:`, `SK_ei:`);
 * no pattern takes them. After public examples of FortiOS 5.6 to 7.6.
 */
export const fortigateGateways: Dialect = {
  title: 'FortiGate, diagnose vpn ike gateway list',
  tested: 'public examples, not a device of ours',
  read(lines) {
    const reading = gathered(lines, { begins: begun, tells: told })
    // "name:" begins many things that are no gateway.
    const connections = (reading?.connections ?? []).filter(({ session }) => session !== null)
    return connections.length === 0 ? null : { connections, sessions: [] }
  },
  mend: fortigateMend,
  elsewhere: fortigateElsewhere,
}

function begun(text: string): Facts | null {
  const name = /^name: (\S{1,100})$/.exec(text)?.[1]
  return name === undefined ? null : noFacts(shortName(name))
}

function told(text: string, before: Facts): Partial<Facts> {
  const [, key = '', value = ''] = /^([A-Za-z][A-Za-z/ -]{2,20}?) ?: ?(.{0,200})$/.exec(text) ?? []
  switch (key) {
    case 'version':
      return /^[12]$/.test(value) ? { version: { word: `IKEv${value}`, isTwo: value === '2' } } : {}
    case 'addr': {
      const peer = /-> ?((?:\d{1,3}\.){3}\d{1,3})(?::\d{1,5})?$/.exec(value)?.[1]
      return peer === undefined ? {} : { peers: [peer] }
    }
    case 'peer-id':
      return identityPattern.test(value) ? { remoteIds: [value] } : {}
    case 'status':
      return sessionOf(value, before)
    case 'proposal':
      return /^[\w-]{3,60}$/.test(value) ? { ike: [suiteOf(value.split('-'))] } : {}
    case 'lifetime/rekey': {
      const seconds = /^(\d{1,7})\//.exec(value)?.[1]
      return seconds === undefined ? {} : { ikeLifetime: Number(seconds) }
    }
    default:
      return countsOf(text)
  }
}

/** While keys are changed there are two for a moment: the one that is established counts. */
function sessionOf(value: string, { session }: Facts): Partial<Facts> {
  const word = /^[a-z]{3,20}\b/.exec(value)?.[0]
  const isUp = word === 'established'
  return word === undefined || (session?.isUp && !isUp) ? {} : { session: { word, isUp } }
}

/** `IKE SA: created 1/2  established 1/2 …`, or with a colon after each word: those there are now, of those there ever were. */
function countsOf(text: string): Partial<Facts> {
  const [, kind, created = '', established = '0'] =
    /^(IKE|IPsec) SA:? {1,2}created:? (\d{1,9})\/\d{1,9}(?: {1,4}established:? {1,2}(\d{1,9})\/)?/.exec(text) ?? []
  if (kind === undefined) return {}
  const state = { word: `${created} created, ${established} established`, isUp: Number(established) > 0 }
  return kind === 'IKE' ? { session: state } : { child: state }
}
