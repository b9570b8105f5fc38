import { parseIpv4 } from './ip.ts'
import { isIpv6 } from './ipv6.ts'

/** An address of either family as its bytes: 4, or 16. IPv4 written as IPv6 (`::ffff:192.0.2.1`) is IPv4. `null`: none. */
export function addressBytes(text: string): readonly number[] | null {
  const ipv4 = parseIpv4(text)
  if (ipv4 !== null) return [24, 16, 8, 0].map((shift) => (ipv4 >>> shift) & 255)
  if (!isIpv6(text)) return null
  const [head = '', tail] = text.split('::')
  const [before, after] = [bytesOfGroups(head), bytesOfGroups(tail ?? '')]
  const bytes = [...before, ...Array<number>(16 - before.length - after.length).fill(0), ...after]
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255
  return isMapped ? bytes.slice(12) : bytes
}

function bytesOfGroups(half: string): number[] {
  return half.split(':').flatMap((group) => {
    if (group === '') return []
    if (group.includes('.')) return [...(addressBytes(group) ?? [])]
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
}

/** A block of addresses of either family: the bytes of one of them, and how many leading bits they share. */
export interface Block {
  bytes: readonly number[]
  prefixLength: number
}

/** `10.0.0.0/8`, `2001:db8::/32`, or a single address; `null` when it is neither. */
export function parseBlock(text: string): Block | null {
  const [address = '', length, ...rest] = text.split('/')
  const bytes = addressBytes(address)
  if (bytes === null || rest.length > 0) return null
  const most = bytes.length * 8
  if (length === undefined) return { bytes, prefixLength: most }
  return /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= most ? { bytes, prefixLength: Number(length) } : null
}

/** Whether an address lies in a block. What is no address lies in none. */
export function blockContains({ bytes, prefixLength }: Block, address: string): boolean {
  const other = addressBytes(address)
  if (other === null || other.length !== bytes.length) return false
  return bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefixLength - index * 8))
    return byte >> (8 - bits) === (other[index] ?? 0) >> (8 - bits)
  })
}
