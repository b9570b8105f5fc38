import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { createStore, useStore } from '../lib/store.ts'

const target = createStore<HTMLElement | null>(null)

/** Where the shell wants it. */
export function HeaderSlotTarget() {
  return <div ref={target.set} className="flex items-center gap-2 empty:hidden" />
}

/** Puts something into the header of the shell for as long as a page shows, such as its live chip. */
export function HeaderSlot({ children }: { children: ReactNode }) {
  const element = useStore(target)
  return element && createPortal(children, element)
}
