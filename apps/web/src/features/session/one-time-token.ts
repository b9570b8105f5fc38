/**
 * The token of a one-time link, by the page it leads to. Reading it takes it out of the address bar and the history; this
 * runs on import, before the router has seen the address.
 */
export const oneTimeTokens = { setup: takeToken('/setup'), invite: takeToken('/invite') }

function takeToken(page: string): string | null {
  if (location.pathname !== page) return null
  const token = new URLSearchParams(location.search).get('token')
  history.replaceState(history.state, '', location.pathname)
  return token
}
