/**
 * Algorithms by one set of names, whatever the device calls them: `AES-GCM-256`, `SHA-256`, and a group by its number.
 * An empty list: the text does not say, or the cipher needs none.
 */
export interface Suite {
  ciphers: readonly string[]
  integrities: readonly string[]
  prfs: readonly string[]
  groups: readonly number[]
}

/** IANA's number for "no key exchange": a child without perfect forward secrecy. */
const noGroup = 0

const groupNumbers: ReadonlyMap<string, number> = new Map([
  ['nopfs', noGroup],
  ['modp768', 1],
  ['modp1024', 2],
  ['modp1536', 5],
  ['modp2048', 14],
  ['modp3072', 15],
  ['modp4096', 16],
  ['modp6144', 17],
  ['modp8192', 18],
  ['ecp256', 19],
  ['ecp384', 20],
  ['ecp521', 21],
  ['curve25519', 31],
  ['x25519', 31],
])

/**
 * A proposal from its words in any device's spelling; words that are no algorithm are passed over.
 *
 *     suiteOf(['aes256gcm16', 'prfsha256', 'ecp384'])              // AES-GCM-256, PRF SHA-256, group 20
 *     suiteOf(['AES_GCM_16-256', 'PRF_HMAC_SHA2_256', 'ECP_384'])  // the same
 */
export function suiteOf(words: readonly string[]): Suite {
  const plain = words.map((word) => word.trim().toLowerCase().replaceAll('_', '-'))
  return {
    ciphers: known(plain, cipherOf),
    integrities: known(plain, integrityOf),
    prfs: known(plain, prfOf),
    groups: known(plain, groupOf),
  }
}

/** Whether a text named any algorithm at all. */
export const isNamed = ({ ciphers, integrities, prfs, groups }: Suite): boolean =>
  [ciphers, integrities, prfs, groups].some(({ length }) => length > 0)

/** "AES-GCM-256, PRF SHA-256, DH group 20". */
export function suiteWords({ ciphers, integrities, prfs, groups }: Suite): string {
  return [...ciphers, ...integrities, ...prfs.map((prf) => `PRF ${prf}`), ...groupWords(groups)].join(', ')
}

function groupWords(groups: readonly number[]): string[] {
  if (groups.length === 0) return []
  return groups.includes(noGroup) ? ['no PFS'] : [`DH group ${groups.join(' or ')}`]
}

function known<T>(words: readonly string[], read: (word: string) => T | null): T[] {
  return [...new Set(words.map(read).filter((value) => value !== null))]
}

function cipherOf(word: string): string | null {
  const gcm =
    /^aes-?(128|192|256)-?gcm(?:-?\d{1,3})?$/.exec(word) ?? /^(?:esp-)?(?:aes-)?gcm(?:-16)?-(128|192|256)$/.exec(word)
  if (gcm) return `AES-GCM-${gcm[1]}`
  const cbc = /^(?:esp-)?aes(?:-cbc)?-?(128|192|256)(?:-cbc)?$/.exec(word)
  if (cbc) return `AES-CBC-${cbc[1]}`
  if (/^(?:esp-)?aes(?:-cbc)?$/.test(word)) return 'AES-CBC-128'
  const other = /^(?:esp-)?(3des|des|null|chacha20-?poly1305|camellia\d{3}|aes\d{3}ccm\d{1,3})(?:-cbc)?$/.exec(word)
  return other?.[1]?.toUpperCase() ?? null
}

function integrityOf(word: string): string | null {
  const sha = /^(?:esp-)?(?:hmac-)?sha-?(?:2-)?(1|256|384|512)(?:-\d{2,3})?(?:-hmac)?$/.exec(word)
  if (sha) return `SHA-${sha[1]}`
  if (/^(?:esp-)?sha(?:-hmac)?$/.test(word)) return 'SHA-1'
  return /^(?:esp-)?(?:hmac-)?md5(?:-96)?(?:-hmac)?$/.test(word) ? 'MD5' : null
}

function prfOf(word: string): string | null {
  const sha = /^prf-?(?:hmac-)?sha-?(?:2-)?(1|256|384|512)$/.exec(word)
  return sha ? `SHA-${sha[1]}` : null
}

function groupOf(word: string): number | null {
  const numbered = /^(?:dh-?)?group-?(\d{1,2})$/.exec(word)
  return numbered ? Number(numbered[1]) : (groupNumbers.get(word.replaceAll('-', '')) ?? null)
}
