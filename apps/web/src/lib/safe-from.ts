/**
 * The page to go to after sign-in: a path of this origin, or `/`. Browsers read `//host` and `/\host` as other
 * sites, and drop tabs and line breaks while they parse, so those are refused before parsing (S42, CWE-601).
 */
export function safeFrom(value: unknown, origin = location.origin): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.startsWith('//')) return '/'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\\\u0000-\u001f\u007f]/.test(value)) return '/'
  const url = URL.parse(value, origin)
  if (!url || url.origin !== origin || url.pathname.startsWith('//')) return '/'
  return url.pathname.startsWith('/sign-in') ? '/' : url.pathname + url.search + url.hash
}
