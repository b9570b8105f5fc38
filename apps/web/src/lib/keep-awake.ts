/** Asks the browser to keep the screen on while this page is seen, where it can. Gives how to stop asking. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined
  const ask = async () => {
    // Browsers give it back by themselves whenever the page is hidden.
    if (document.visibilityState === 'visible')
      lock = await navigator.wakeLock?.request('screen').catch(() => undefined)
  }
  document.addEventListener('visibilitychange', ask)
  void ask()
  return () => {
    document.removeEventListener('visibilitychange', ask)
    void lock?.release()
  }
}
