/** The words that stand in `set` lines below one kind of object, by the object's name. */
export type Objects = ReadonlyMap<string, readonly (readonly string[])[]>

const paths = {
  gateways: ['ike', 'gateway'],
  ikeProfiles: ['ike', 'crypto-profiles', 'ike-crypto-profiles'],
  ipsecProfiles: ['ike', 'crypto-profiles', 'ipsec-crypto-profiles'],
  tunnels: ['tunnel', 'ipsec'],
  interfaces: ['interface', 'tunnel', 'units'],
  routers: ['virtual-router'],
} as const

type Kind = keyof typeof paths
const kinds = Object.keys(paths).filter((kind): kind is Kind => kind in paths)

/** A word, or what stands between quotes. */
const words = /"([^"]*)"|(\S+)/g

/** Keys and passwords follow these words. They are taken out before anybody looks. */
const secret = new Set(['key', 'secret', 'password'])

/**
 * A configuration in set format, on the firewall or as a template of Panorama, prompts in front or not. What is set outside
 * of `network` is passed over.
 */
export function panosStatements(lines: readonly string[]): Record<Kind, Objects> {
  const all = {
    gateways: empty(),
    ikeProfiles: empty(),
    ipsecProfiles: empty(),
    tunnels: empty(),
    interfaces: empty(),
    routers: empty(),
  }
  for (const line of lines) {
    const statement = statementOf(line)
    const kind = statement && kinds.find((one) => paths[one].every((word, at) => statement[at] === word))
    if (!statement || !kind) continue
    const [name = '', ...rest] = statement.slice(paths[kind].length)
    const known = all[kind].get(name)
    if (known) known.push(rest)
    else all[kind].set(name, [rest])
  }
  return all
}

const empty = () => new Map<string, string[][]>()

/** What follows `network`; `null`: this is no `set` line of it. */
function statementOf(line: string): string[] | null {
  const text = /^\s*(?:\S{1,100}[#>]\s+)?(set\s.*)$/.exec(line)?.[1]
  if (text === undefined || !/\bnetwork\b/.test(text)) return null
  const all = [...text.matchAll(words)].map(([, quoted, word]) => quoted ?? word ?? '')
  const at = all.slice(0, 8).indexOf('network')
  return at === -1 ? null : all.slice(at + 1).filter((_, index, rest) => !secret.has(rest[index - 1] ?? ''))
}

/** What follows a path of words in the statements of an object: one value a line, or several between brackets. */
export function valuesAt(object: readonly (readonly string[])[] | undefined, ...path: readonly string[]): string[] {
  return (object ?? []).flatMap((statement) => {
    const at = statement.findIndex((_, index) => path.every((word, offset) => statement[index + offset] === word))
    return at === -1 ? [] : listed(statement.slice(at + path.length))
  })
}

function listed([first, ...rest]: readonly string[]): string[] {
  if (first !== '[') return first === undefined ? [] : [first]
  const end = rest.indexOf(']')
  return rest.slice(0, end === -1 ? undefined : end)
}
