import { useMemo } from 'react'
import { createStore, useStore } from '../../lib/store.ts'
import { store, stored } from '../../lib/theme.ts'

/** The columns that can be left out, in their order. */
export const columnIds = ['affects', 'bgp', 'cloudflare', 'customer', 'inside', 'day', 'key', 'changed'] as const
export type ColumnId = (typeof columnIds)[number]

export type Density = 'comfortable' | 'compact'

/** How a person likes the list. */
export interface ListLooks {
  columns: readonly ColumnId[]
  density: Density
}

/** Whose list it is. */
export interface Person {
  id: string
  /** May see endpoints' configuration and the age of keys. */
  canRead: boolean
}

/** What the job needs: support is asked "is it up, since when, does it hurt", and has no keys to look after. */
export const defaultLooks = ({ canRead }: Pick<Person, 'canRead'>): ListLooks => ({
  columns: columnIds.filter((id) => (canRead ? id !== 'key' : supportColumns.has(id))),
  density: 'comfortable',
})

const supportColumns: ReadonlySet<ColumnId> = new Set(['affects', 'day', 'changed'])

/** Of this page, by person: what was chosen since it was loaded. */
const chosen = createStore<ReadonlyMap<string, ListLooks>>(new Map())

const nameOf = ({ id }: Person) => `list-looks ${id}`

export function useListLooks(person: Person): ListLooks {
  const { id, canRead } = person
  const kept = useMemo(() => keptLooks({ id, canRead }), [id, canRead])
  const looks = useStore(chosen).get(id) ?? kept
  return useMemo(
    () => (canRead ? looks : { ...looks, columns: looks.columns.filter((name) => name !== 'key') }),
    [looks, canRead],
  )
}

export function setListLooks(person: Person, looks: ListLooks): void {
  chosen.set((all) => new Map(all).set(person.id, looks))
  store(nameOf(person), JSON.stringify(looks))
}

/** What this browser remembers may be of an older build: what is not known of it is left out. */
function keptLooks(person: Person): ListLooks {
  const usual = defaultLooks(person)
  const { columns, density } = fieldsOf(stored(nameOf(person)))
  return {
    columns: Array.isArray(columns) ? columnIds.filter((id) => columns.includes(id)) : usual.columns,
    density: density === 'compact' ? 'compact' : usual.density,
  }
}

/** The fields of a kept object, unchecked. Storage may hold anything. */
export function fieldsOf(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
