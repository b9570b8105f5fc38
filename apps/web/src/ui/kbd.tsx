import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex min-w-5 items-center justify-center rounded-s border border-line bg-sunken px-1 font-mono text-12 text-fg-2">
      {children}
    </kbd>
  )
}

/** How this machine writes the main modifier. */
export const modKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
