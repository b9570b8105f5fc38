import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { signedOut } from '../../../lib/signed-out.ts'

const hideAfterMs = 10 * 60_000
const warnBeforeMs = 60_000
const hiddenTabMs = 60_000

/**
 * Calls `hide` once a key has been on the page for ten minutes, when its tab has been out of sight for a minute, when
 * the session ends, and before the page may rest in the back/forward cache (S20, S21). Says when the end is near, so
 * that there is time to extend (WCAG 2.2.1).
 */
export function useHideForSafety(isShown: boolean, hide: () => void) {
  const [leftMs, setLeftMs] = useState(hideAfterMs)
  const hidesAt = useRef(0)
  const latest = useRef(hide)
  latest.current = hide
  const extend = () => {
    hidesAt.current = Date.now() + hideAfterMs
    setLeftMs(hideAfterMs)
  }

  // The clock, the tab and the session are outside React.
  useEffect(() => {
    if (!isShown) return
    hidesAt.current = Date.now() + hideAfterMs
    let awaySince = document.hidden ? Date.now() : Number.POSITIVE_INFINITY
    const tick = () => {
      const left = hidesAt.current - Date.now()
      setLeftMs(left)
      if (left <= 0 || Date.now() - awaySince > hiddenTabMs) latest.current()
    }
    const look = () => {
      tick()
      awaySince = document.hidden ? Date.now() : Number.POSITIVE_INFINITY
    }
    const leave = () => flushSync(() => latest.current())
    const timer = setInterval(tick, 1000)
    const unwatch = signedOut.subscribe(() => signedOut.get() && latest.current())
    document.addEventListener('visibilitychange', look)
    addEventListener('pagehide', leave)
    return () => {
      clearInterval(timer)
      unwatch()
      document.removeEventListener('visibilitychange', look)
      removeEventListener('pagehide', leave)
    }
  }, [isShown])

  return { warns: isShown && leftMs <= warnBeforeMs, extend }
}
