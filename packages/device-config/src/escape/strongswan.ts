/**
 * A value in strongswan.conf and swanctl.conf: quoted, with the escapes that its parser knows. Inside quotes `#`, braces
 * and `=` are text; a backslash takes the next character as it is (strongSwan, "Configuration files").
 */
export function quoted(value: string): string {
  const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' }
  return `"${value.replace(/[\n\r\t"\\]/g, (character) => escapes[character] ?? '')}"`
}

/**
 * A shared secret in swanctl.conf. One that begins with `0x` or `0s` would be read as a number in hexadecimal or base64,
 * and one that is not printable ASCII would hang on the file's encoding: both are written as the bytes that they are.
 */
export function secret(key: string): string {
  return isPlain(key) ? quoted(key) : `0x${hexOf(key)}`
}

/** The same in ipsec.secrets, which has quotes and no escapes within them. */
export function legacySecret(key: string): string {
  return isPlain(key) && !/["\\]/.test(key) ? `"${key}"` : `0x${hexOf(key)}`
}

const isPlain = (key: string) => /^(?!0[xs])[\x20-\x7e]*$/i.test(key)

/** The UTF-8 bytes of a text in hexadecimal. */
function hexOf(text: string): string {
  const bytes = encodeURIComponent(text.toWellFormed()).replace(/[^%]|%[0-9A-F]{2}/g, (part) =>
    part.length === 3 ? part.slice(1) : part.charCodeAt(0).toString(16).padStart(2, '0'),
  )
  return bytes.toLowerCase()
}
