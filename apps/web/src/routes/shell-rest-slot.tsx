import { useEffect } from 'react'
import { lazyPart } from '../ui/lazy-part.tsx'

/** Its code comes when the page is there. Where it cannot be loaded, the page does without. */
export const ShellRest = lazyPart(async () => (await import('./shell-rest.tsx')).ShellRest, {
  Missing: () => null,
  isPatient: true,
})

const afterMs = 500

/** Loads it soon after the first page, which it must not hold up. */
export function useShellRest(): void {
  // Fetching code is outside React.
  useEffect(() => {
    const timer = setTimeout(() => void ShellRest.preload(), afterMs)
    return () => clearTimeout(timer)
  }, [])
}
