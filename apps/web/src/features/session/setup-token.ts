/**
 * The one-time token of the set-up link. Reading it takes it out of the address bar and the history; this runs on
 * import, before the router has seen the address.
 */
export const setupToken = location.pathname === '/setup' ? takeToken() : null

function takeToken(): string | null {
  const token = new URLSearchParams(location.search).get('token')
  history.replaceState(history.state, '', location.pathname)
  return token
}
