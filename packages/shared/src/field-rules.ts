import { addressBytes } from './address.ts'
import { isInInterfaceRange } from './interface-range.ts'
import { parseCidr, parseIpv4, peerAddress } from './ip.ts'
import { isIpv6 } from './ipv6.ts'
import { z } from './zod.ts'

/** Cloudflare's own ASN on tunnels; it cannot be changed there, and sessions are eBGP only. */
export const cloudflareAsn = 13335

const isIpv4 = (text: string) => parseIpv4(text) !== null
const ipv4Hint = 'Write an IPv4 address, such as 203.0.113.10'

/**
 * The first character of a text that nobody can see or that makes the text read otherwise than it is stored, as what to do
 * about it; `null` when there is none. Such a name looks like another tunnel's, or reorders the line that it stands in
 * (Unicode TR 36 and the bidirectional controls of UAX 9). Joiners (U+200C, U+200D) are let through: Persian and emoji
 * need them.
 */
export function hiddenCharacter(text: string, allowed = ''): string | null {
  const characters = [...text]
  const index = characters.findIndex((one) => !allowed.includes(one) && kindOf(one) !== null)
  const found = characters[index]
  if (found === undefined) return null
  const number = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `Take out character ${index + 1}, ${kindOf(found)} (U+${number})`
}

function kindOf(character: string): string | null {
  if (!character.isWellFormed()) return 'half a character'
  if (/\p{Bidi_Control}/u.test(character)) return 'a mark that turns the writing'
  if (/[\u200b\u2060\ufeff]/.test(character)) return 'an invisible character'
  return /[\p{Cc}\u2028\u2029]/u.test(character) ? 'a control character' : null
}

const visible = (allowed?: string) => (text: string, context: z.RefinementCtx) => {
  const message = hiddenCharacter(text, allowed)
  if (message !== null) context.addIssue({ code: 'custom', message })
}

/** What is sent to Cloudflare is checked here once, in the browser and in the BFF alike. Sources: its OpenAPI and docs. */
export const name = z
  .string()
  .trim()
  .min(1, 'Give the tunnel a name')
  .max(255, 'Keep the name under 256 characters')
  .superRefine(visible())

/** Lines and columns are part of a description; nothing else that is invisible is. */
export const description = z
  .string()
  .max(1024, 'Keep the description under 1,025 characters')
  .superRefine(visible('\n\r\t'))

export const cloudflareEndpoint = z
  .string()
  .min(1, 'Choose the Cloudflare address that the device connects to')
  .refine(isIpv4, ipv4Hint)

export const customerEndpoint = z
  .string()
  .refine((text) => text === '' || isIpv4(text), `${ipv4Hint}, or leave it empty`)

export const interfaceAddress = z.string().superRefine((text, context) => {
  const problem = interfaceAddressProblem(text)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})

/** Why an interface address cannot be used, or `null`. It is the Cloudflare side, with its prefix: `10.252.2.20/31`. */
export function interfaceAddressProblem(text: string): string | null {
  const cidr = parseCidr(text)
  if (!cidr) return 'Write an address with its prefix, such as 10.252.2.20/31'
  if (cidr.prefixLength !== 30 && cidr.prefixLength !== 31) return 'Use a /31 (or a /30), such as 10.252.2.20/31'
  if (!isInInterfaceRange(text)) return 'Use a private address: 10/8, 172.16/12, 192.168/16 or 169.254.240.0/20'
  if (peerAddress(text) === null)
    return 'This is the network or broadcast address of its /30; use one of the two between'
  return null
}

export const interfaceAddress6 = z
  .string()
  .refine(
    (text) => {
      const [address = '', length, ...rest] = text.split('/')
      return text === '' || (rest.length === 0 && length === '127' && isIpv6(address))
    },
    { error: 'Write an IPv6 address with /127, such as 2606:54c1:7:0:a9fe:12d2:1:200/127', abort: true },
  )
  // Cloudflare's OpenAPI: the first address of its subnet.
  .refine(
    (text) => (addressBytes(text.split('/')[0] ?? '')?.at(-1) ?? 0) % 2 === 0,
    'Use the first address of its /127',
  )

export const flag = z.boolean()

/** A select of these values, by their names; the rule lets nothing else pass. */
export function oneOf<Value extends string>(labels: Record<Value, string>) {
  const values = Object.keys(labels) as Value[]
  return {
    control: 'select' as const,
    choices: values.map((value) => ({ value, label: labels[value] })),
    rule: z.enum(values),
  }
}

export const healthTarget = z.string().refine((text) => text === '' || isIpv4(text), `${ipv4Hint}, or leave it empty`)

export const customerAsn = z
  .number('Write the ASN as a number, such as 65010')
  .int('Write the ASN as a whole number')
  .min(1, 'An ASN is at least 1')
  .max(4_294_967_295, 'An ASN is at most 4294967295')
  .refine((asn) => asn !== cloudflareAsn, `${cloudflareAsn} is Cloudflare’s own ASN; the device needs another one`)

export const extraPrefixes = z
  .array(
    z
      .string()
      .refine((text) => parseCidr(text) !== null, { error: ({ input }) => `“${brief(String(input))}” is no prefix` }),
  )
  .max(1000, 'At most 1,000 prefixes')

/** Somebody may have pasted a whole page. */
const brief = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** Printable ASCII but `"` and `?`, up to 80 characters; empty clears it (Cloudflare's OpenAPI). */
export const md5Key = z
  .string()
  .max(80, 'At most 80 characters')
  .regex(/^[\x20\x21\x23-\x3e\x40-\x7e]*$/, 'Only printable ASCII, without " and ?')

export const customFqdn = z
  .string()
  .max(255, 'At most 255 characters')
  .regex(
    /^$|^[a-z0-9]([a-z0-9-]*[a-z0-9])?\.[0-9a-z]+\.custom\.ipsec\.cloudflare\.com$/i,
    'Write LABEL.ACCOUNT.custom.ipsec.cloudflare.com',
  )

/** A soft warning: Cloudflare's docs ask for no spaces or special characters, yet such tunnels exist. */
export function nameWarning(text: string): string | null {
  if (/[^A-Za-z0-9_-]/.test(text))
    return 'Cloudflare’s docs ask for letters, digits, - and _ only. Validate to be sure.'
  return null
}
