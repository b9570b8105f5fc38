import { useEffect, useRef } from 'react'
import { createStore, useStore } from '../lib/store.ts'

const messages = createStore<{ id: number; text: string }>({ id: 0, text: '' })

/** Says something to screen readers, politely. The same words twice are said twice. */
export function announce(text: string): void {
  messages.set(({ id }) => ({ id: id + 1, text }))
}

/** Announces each new value of `text` once it has settled; the first one is not news. */
export function useAnnounceChange(text: string, settleMs = 500): void {
  const last = useRef(text)
  // A screen reader is outside React: it is told after the page shows the change.
  useEffect(() => {
    if (last.current === text) return
    const timer = setTimeout(() => {
      last.current = text
      announce(text)
    }, settleMs)
    return () => clearTimeout(timer)
  }, [text, settleMs])
}

/** The one live region of the app. It is there before anything is said. */
export function Announcer() {
  const { id, text } = useStore(messages)
  return (
    <div role="status" aria-live="polite" className="sr-only">
      <span key={id}>{text}</span>
    </div>
  )
}
