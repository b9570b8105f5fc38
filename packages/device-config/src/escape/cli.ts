/**
 * Values on the command lines of network devices. What is pasted there is read like typing: `?` asks for help wherever it
 * stands, a tab completes, and quotes differ from vendor to vendor. `null`: this command line has no sure way to write it.
 */
type Writer = (value: string) => string | null

/** Cisco IOS XE: one bare word. Quotes are no quotes there, and a space would end it. */
export const iosWord: Writer = (value) => (/^[!#-&(->@-~]+$/.test(value) ? value : null)

/** FortiOS: in double quotes, where a backslash takes the next character as it is. */
export const fortiQuoted: Writer = backslashed

/** Junos: the same. */
export const junosQuoted: Writer = backslashed

/** PAN-OS: in double quotes, without escapes. A `|` would begin a filter. */
export const panosQuoted: Writer = (value) => (/^[!#-&(->@-[\]-{}~]+$/.test(value) ? `"${value}"` : null)

/** VyOS: in single quotes, which its configuration cannot hold itself. */
export const vyosQuoted: Writer = (value) =>
  /^[ -&(->@-~]+$/.test(value) && value.trim() === value ? `'${value}'` : null

/** RouterOS: in double quotes, where `$` begins a variable and a backslash an escape; both are written by number. */
export const routerosQuoted: Writer = (value) =>
  /^[ -~]+$/.test(value)
    ? `"${value.replace(/["$?\\]/g, (one) => `\\${one.charCodeAt(0).toString(16).toUpperCase()}`)}"`
    : null

function backslashed(value: string): string | null {
  return /^[ ->@-~]+$/.test(value) && value.trim() === value ? `"${value.replace(/["\\]/g, '\\$&')}"` : null
}
