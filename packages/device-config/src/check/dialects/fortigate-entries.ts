import type { Facts } from '../facts.ts'
import { addressPattern } from '../lines.ts'
import { networkOfMask } from '../networks.ts'

/** What `set` said in one `edit` of a section. */
export interface Entry {
  /** The words after `config`, of the sections around it too. */
  section: string
  name: string
  values: Map<string, string>
  /** Its `next` was read: what is not set in it is as FortiOS has it by default. */
  isWhole: boolean
}

/** Sections may stand in an entry of another; each `edit` is an entry, and what is set outside of one is an entry without a name. */
export function entriesOf(lines: readonly string[]): Entry[] {
  const all: Entry[] = []
  const open: Entry[] = []
  const begin = (section: string, name: string) => {
    const entry = { section, name, values: new Map<string, string>(), isWhole: false }
    all.push(entry)
    return entry
  }
  for (const line of lines) {
    const [, word = '', rest = ''] = /^\s*(config|edit|set|next|end)\b\s*(.*)$/.exec(line) ?? []
    const here = open.at(-1)
    if (word === 'config') open.push(begin(here ? `${here.section} ${rest}`.slice(0, 200) : rest, ''))
    else if (word === 'end') open.pop()
    else if (word === 'next' && here) here.isWhole = true
    else if (word === 'edit' && here) open[open.length - 1] = begin(here.section, unquoted(rest))
    else if (word === 'set' && here) {
      const [, key = '', value = ''] = /^([\w-]{1,60})\s+(.*)$/.exec(rest) ?? []
      here.values.set(key, unquoted(value))
    }
  }
  return all
}

const unquoted = (text: string) => text.trim().replace(/^"|"$/g, '')

/** What the phase 2 entries of a tunnel carry together; `null` where one of them does not say it as a network. */
export function fortigateSelectors(children: readonly Entry[]): Facts['selectors'] {
  const local = children.map((child) => networkOf(child, 'src'))
  const remote = children.map((child) => networkOf(child, 'dst'))
  const told = (list: readonly (string | null)[]) => list.filter((one) => one !== null)
  const isTold = children.length > 0 && ![...local, ...remote].includes(null)
  return isTold ? { local: told(local), remote: told(remote) } : null
}

/** `src-subnet` is everything unless it is set, or named by something else than a subnet. */
function networkOf({ values, isWhole }: Entry, end: 'src' | 'dst'): string | null {
  if ((values.get(`${end}-addr-type`) ?? 'subnet') !== 'subnet') return null
  const [address = '', mask = ''] = (values.get(`${end}-subnet`) ?? (isWhole ? '0.0.0.0 0.0.0.0' : '')).split(' ')
  return addressPattern.test(address) && addressPattern.test(mask) ? networkOfMask(address, mask) : null
}
