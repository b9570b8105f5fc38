import { isFirstTry } from './first-try.ts'

const againAfterMs = 60_000

/**
 * What becomes of a page whose code cannot be loaded, since the server has another build by now or the network broke: it is
 * loaded anew once, and says so in words where that does not help.
 */
export function startFailed(root: HTMLElement, reload: () => void = () => location.reload()): void {
  if (isFirstTry('loaded-anew', againAfterMs)) {
    reload()
    return
  }
  const words = document.createElement('p')
  words.role = 'alert'
  words.className = 'p-4'
  words.textContent = 'Tunnel Console could not be loaded. Check the network, then load this page again.'
  root.replaceChildren(words)
}
