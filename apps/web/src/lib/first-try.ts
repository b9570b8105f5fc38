/**
 * Whether this tab has not done something, named by `key`, within `againAfterMs`; then it counts as done now. `false` also
 * where the browser remembers nothing: a page that loads itself anew would do so for ever.
 */
export function isFirstTry(key: string, againAfterMs: number): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < againAfterMs) return false
    sessionStorage.setItem(key, String(Date.now()))
    return true
  } catch {
    return false
  }
}
