const key = 'loaded-anew'
const againAfterMs = 60_000

/**
 * What becomes of a page whose code cannot be loaded, since the server has another build by now or the network broke: it is
 * loaded anew once, and says so in words where that does not help.
 */
export function startFailed(root: HTMLElement, reload: () => void = () => location.reload()): void {
  if (isFirstTry()) {
    reload()
    return
  }
  const words = document.createElement('p')
  words.role = 'alert'
  words.textContent = 'Tunnel Console could not be loaded. Check the network, then load this page again.'
  root.replaceChildren(words)
}

/** `false` also where the browser remembers nothing: it would load for ever. */
function isFirstTry(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < againAfterMs) return false
    sessionStorage.setItem(key, String(Date.now()))
    return true
  } catch {
    return false
  }
}
