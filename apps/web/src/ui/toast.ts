import { createStore } from '../lib/store.ts'
import { announce } from './announcer.tsx'

interface Toast {
  id: number
  text: string
}

/** What is told now, the oldest first. */
export const toasts = createStore<readonly Toast[]>([])
let lastId = 0

/** Whether something is being told now. */
export const hasToasts = (): boolean => toasts.get().length > 0

export const removeToast = (id: number) => toasts.set((all) => all.filter((toast) => toast.id !== id))

/** Success only, for 5 seconds; errors stay on the page. Never the only copy of anything. */
export function toast(text: string): void {
  lastId += 1
  const id = lastId
  toasts.set((all) => [...all.slice(-2), { id, text }])
  announce(text)
  setTimeout(() => removeToast(id), 5000)
}
