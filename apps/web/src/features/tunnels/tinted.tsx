import { type ReactNode, useState } from 'react'

/** Tints its background for 2 s when `value` changes. What is inside stays in the page, and so does its focus. */
export function Tinted({ value, children }: { value: string; children: ReactNode }) {
  const [seen, setSeen] = useState({ value, changes: 0 })
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 })
  return (
    <span className="relative isolate block">
      {seen.changes > 0 && (
        <span key={seen.changes} aria-hidden className="tinted absolute -inset-x-2 -inset-y-1 -z-1" />
      )}
      {children}
    </span>
  )
}
