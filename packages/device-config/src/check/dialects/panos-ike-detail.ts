import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { identityPattern, shortName } from '../lines.ts'
import { networkOfRange } from '../networks.ts'
import { panosElsewhere, panosEsp, panosIke, panosMend } from './panos-words.ts'

/** Sections of one gateway: its session, then what it has begun; of that only what carries ESP is a child. */
type Section = 'session' | 'begun' | 'child'

interface Open {
  facts: Facts
  section: Section
}

const ip = '((?:\\d{1,3}\\.){3}\\d{1,3})'
const head = new RegExp(`^IKE Gateway (\\S{1,80}), ID \\d{1,9} ${ip} {1,4}=> {1,4}${ip}\\b`)
const range = new RegExp(`^Proto:\\S{1,12} ${ip}-${ip}, Ports:`)

/** One gateway of PAN-OS with its identities and the networks of its children. After one public example of PAN-OS 11. */
export const panosIkeDetail: Dialect = {
  title: 'Palo Alto PAN-OS, show vpn ike-sa detail gateway',
  tested: 'a public example, not a device of ours',
  read(lines) {
    const gateways: Open[] = []
    for (const line of lines) {
      const text = line.trim()
      const [, name, , peer = ''] = head.exec(text) ?? []
      if (name !== undefined)
        gateways.push({ facts: { ...noFacts(shortName(name)), peers: [peer] }, section: 'session' })
      const last = gateways.at(-1)
      if (!last) continue
      if (/^Child SA \d{1,9}:$/.test(text)) last.section = 'begun'
      if (last.section === 'begun' && /^Type: {1,12}ESP\b/.test(text)) last.section = 'child'
      const [, key = '', value = ''] = /^([A-Za-z][A-Za-z ]{1,20}?) {0,4}: {0,12}(\S.{0,200})$/.exec(text) ?? []
      last.facts = { ...last.facts, ...told(last, key, value) }
    }
    return gateways.length === 0 ? null : { connections: gateways.map(({ facts }) => facts), sessions: [] }
  },
  mend: panosMend,
  elsewhere: panosElsewhere,
}

function told({ facts, section }: Open, key: string, value: string): Partial<Facts> {
  if (section === 'child') return toldOfChild(facts, key, value)
  if (section === 'begun') return {}
  if (key === 'ID local') return { localIds: identity(value) }
  if (key === 'remote') return { remoteIds: identity(value) }
  if (key === 'Proposal') return { ike: [panosIke(value.split('/'))] }
  if (key === 'State') return { session: { word: shortName(value), isUp: value === 'Established' } }
  return {}
}

/** While keys are changed there are two for a moment: the one that is mature counts. */
function toldOfChild({ child, selectors }: Facts, key: string, value: string): Partial<Facts> {
  if (key === 'State') return child?.isUp ? {} : { child: { word: shortName(value), isUp: value === 'Mature' } }
  if (key === 'Algorithm') return { esp: [panosEsp(value.split('/'))] }
  const [, first, last] = range.exec(value) ?? []
  if (first === undefined || last === undefined) return {}
  const network = networkOfRange(first, last)
  const { local, remote } = selectors ?? { local: [], remote: [] }
  if (key === 'TS local') return { selectors: { local: [...local, network].slice(0, 20), remote } }
  return key === 'TS remote' ? { selectors: { local, remote: [...remote, network].slice(0, 20) } } : {}
}

/** `fqdn:name` or `ipaddr:address`. */
function identity(value: string): string[] {
  const id = value.replace(/^(?:fqdn|ipaddr|ufqdn|keyid):/i, '')
  return identityPattern.test(id) ? [id] : []
}
