import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { serverAhead } from '../../../lib/server-clock.ts'
import { createStore, useStore } from '../../../lib/store.ts'
import { store, stored } from '../../../lib/theme.ts'

/** What a person does at the device, and nobody but them can know. */
export const deviceSteps = ['access', 'pasted', 'reestablished'] as const
export type DeviceStep = (typeof deviceSteps)[number]

/** What this browser remembers of a key that was made or set here. Never the key. Times are UTC, ISO 8601. */
export interface KeyNote {
  tunnelId: string
  /** Who: nobody else who uses this browser is told of it. */
  by: string
  /** When the key came into force; `null`: the checklist was begun before. */
  madeAt: string | null
  /** Somebody ticked that they have stored it. */
  isStored: boolean
  /** There was a key before: both sides must change over. */
  isRotation: boolean
  ticks: Partial<Record<DeviceStep, string>>
}

const storageKey = 'key-notes'
const keptAtMost = 500

export const keyNotes = createStore<readonly KeyNote[]>(parsed(stored(storageKey)))

// Another tab of this browser has gone on with the list.
addEventListener('storage', ({ key, newValue }) => key === storageKey && keyNotes.set(parsed(newValue)))

/** By the server's clock, which the dates of keys are nearer to. */
const moment = () => new Date(Date.now() + serverAhead()).toISOString()

function change(alter: (notes: readonly KeyNote[]) => readonly KeyNote[]): void {
  keyNotes.set((notes) => alter(notes).slice(-keptAtMost))
  store(storageKey, JSON.stringify(keyNotes.get()))
}

const alterNote = (tunnelId: string, alter: (note: KeyNote) => KeyNote) =>
  change((notes) => notes.map((note) => (note.tunnelId === tunnelId ? alter(note) : note)))

const without = (notes: readonly KeyNote[], ids: readonly string[]) =>
  notes.filter(({ tunnelId }) => !ids.includes(tunnelId))

/** Begins the checklist of a rotation, before there is a new key. */
export const startRotation = (tunnelId: string, by: string): void =>
  change((notes) => [
    ...without(notes, [tunnelId]),
    { tunnelId, by, madeAt: null, isStored: false, isRotation: true, ticks: {} },
  ])

/** New keys are in force. What was ticked at the device was ticked for a former one, but that one can get there. */
export const noteKeys = (tunnels: readonly { id: string; hadKey: boolean }[], by: string): void =>
  change((notes) => [
    ...without(
      notes,
      tunnels.map(({ id }) => id),
    ),
    ...tunnels.map(({ id, hadKey }): KeyNote => {
      const former = notes.find((note) => note.tunnelId === id && note.by === by)
      const { access } = former?.ticks ?? {}
      const isRotation = hadKey || former?.isRotation === true
      return { tunnelId: id, by, madeAt: moment(), isStored: false, isRotation, ticks: access ? { access } : {} }
    }),
  ])

/** The box was ticked. Without a former key there is nothing more to watch over. */
export const noteStored = (ids: readonly string[]): void =>
  change((notes) =>
    notes
      .map((note) => (ids.includes(note.tunnelId) ? { ...note, isStored: true } : note))
      .filter(({ isStored, isRotation }) => !isStored || isRotation),
  )

export const tickStep = (tunnelId: string, step: DeviceStep, isDone: boolean): void =>
  alterNote(tunnelId, ({ ticks: { [step]: _, ...ticks }, ...note }) => ({
    ...note,
    ticks: isDone ? { ...ticks, [step]: moment() } : ticks,
  }))

export const dropNote = (tunnelId: string): void => change((notes) => without(notes, [tunnelId]))

/** What this browser remembers of a tunnel's key, for the person that it was. */
export function useKeyNote(tunnelId: string, by: string): KeyNote | undefined {
  return useStore(keyNotes).find((note) => note.tunnelId === tunnelId && note.by === by)
}

/** The storage may hold anything: what is none of ours is left out. */
function parsed(text: string | null): readonly KeyNote[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter(isNote) : []
  } catch {
    return []
  }
}

function isNote(value: unknown): value is KeyNote {
  if (typeof value !== 'object' || value === null) return false
  const { tunnelId, by, madeAt, isStored, isRotation, ticks } = value as Record<string, unknown>
  const isKnown = isTunnelId(tunnelId) && typeof by === 'string' && (madeAt === null || typeof madeAt === 'string')
  return (
    isKnown &&
    typeof isStored === 'boolean' &&
    typeof isRotation === 'boolean' &&
    typeof ticks === 'object' &&
    ticks !== null
  )
}
