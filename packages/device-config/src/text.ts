import { isIpv6 } from '@tunnel-console/shared/ipv6'
import { presented } from './identities.ts'
import { missingIdentity } from './needs.ts'
import type { Parameters } from './parameters.ts'
import type { DeviceTemplate } from './template.ts'

/** A line, lines, or nothing. */
export type Lines = string | false | null | readonly Lines[]

/**
 * Lines as a text that ends with a line break. No line can hold another: whatever an escape let through, a character that
 * ends a line, moves a cursor or turns the writing becomes `<U+000A>` here.
 */
export function textOf(...parts: Lines[]): string {
  return `${flat(parts).map(visible).join('\n')}\n`
}

function flat(lines: Lines): string[] {
  if (typeof lines === 'string') return [lines]
  return lines === false || lines === null ? [] : lines.flatMap(flat)
}

const visible = (line: string) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, named)

/**
 * Free text, such as the name of a tunnel, for a comment or a description in any language: letters, digits and marks that
 * no engine reads as more. All else is told by its number, `<U+0022>`, since even in a comment a quote, a `?`, a `#` or a
 * backslash does something on some device's command line.
 */
export function harmless(text: string): string {
  const whole = [...text.slice(0, 255)].map((one) => (/^[\p{L}\p{M}\p{N} ._:@/+,=()-]$/u.test(one) ? one : named(one)))
  return whole.join('').trim() || 'without a name'
}

/** The name of a tunnel for a description on the device, or the short name where it is not plain: ASCII, 60 characters. */
export function titleOf({ tunnel, label }: Parameters): string {
  return /^[a-z0-9][\w.:@/+-]{0,59}$/i.test(tunnel.name) ? tunnel.name : label
}

function named(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
}

/** Each line as a comment of a language: `commented('#', ['a', ''])` is `# a` and `#`. */
export function commented(mark: string, ...parts: Lines[]): string[] {
  return flat(parts).map((line) => `${mark} ${line}`.trimEnd())
}

/** What the reader must decide: a token that fails loudly on a device, and why. */
export interface Decision {
  token: string
  why: string
}

/** `decide(1, 'outside interface', …)` is the token `DECIDE-1-OUTSIDE-INTERFACE`. */
export function decide(number: number, what: string, why: string): Decision {
  return { token: `DECIDE-${number}-${what.toUpperCase().replaceAll(' ', '-')}`, why }
}

/** What every file begins with: which tunnel, both ends, what the reader must decide and what is not known. */
export function heading(
  template: Pick<DeviceTemplate, 'title' | 'software' | 'version' | 'sourceDate' | 'tested' | 'identity'>,
  parameters: Parameters,
  decisions: readonly Decision[] = [],
): Lines[] {
  const { tunnel, cloudflare, device, prefixLength, identities, missing } = parameters
  const inside6 = tunnel.interface_address6.split('/')[0] ?? ''
  const row = (what: string, ...ends: [string, string]) => `${what.padEnd(18)}${ends[0].padEnd(22)}${ends[1]}`.trimEnd()
  return [
    `Cloudflare IPsec tunnel: ${harmless(tunnel.name)}`,
    `Tunnel id: ${tunnel.id}`,
    `For: ${template.title}, ${template.software}`,
    `Template ${template.version}, sources of ${template.sourceDate}. ${template.tested}`,
    '',
    row('', 'Cloudflare', 'this device'),
    row('outside address', cloudflare.outside, device.outside),
    row('inside address', cloudflare.inside, `${device.inside}/${prefixLength}`),
    row('IKE identity', cloudflare.outside, presented(identities, template.identity)),
    isIpv6(inside6) && `inside IPv6       ${inside6} is the address of Cloudflare; this file does not set up IPv6`,
    '',
    'The device begins: Cloudflare only answers. Let UDP 500, UDP 4500 and ESP (IP protocol 50) through.',
    ...decisions.map(({ token, why }) => `${token}: ${why}`),
    ...[...missing, ...missingIdentity(template.identity, identities)].map(
      ({ what, why }) => `NOT KNOWN: ${what}. ${why}`,
    ),
  ]
}
