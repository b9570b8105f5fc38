import type { ReactNode } from 'react'
import { createStore } from './store.ts'

export interface Command {
  id: string
  label: string
  /** A muted word at the right, such as "Page" or an address. */
  hint?: ReactNode
  group: string
  icon?: ReactNode
  /** What else it is found by. */
  keywords?: string
  run: () => void
}

/** Gives the commands for what is typed. Called on every key, so it reads memory only. */
export type CommandSource = (query: string) => readonly Command[]

const sources = createStore<readonly CommandSource[]>([])

/** Adds a source to the command palette; the answer takes it away again. For a `useEffect` of a feature. */
export function registerCommands(source: CommandSource): () => void {
  sources.set((all) => [...all, source])
  return () => sources.set((all) => all.filter((other) => other !== source))
}

export const commandSources = sources

/** Whether a command's words hold every word that is typed. */
export function isFoundBy({ label, keywords = '' }: Pick<Command, 'label' | 'keywords'>, query: string): boolean {
  const text = `${label} ${keywords}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
