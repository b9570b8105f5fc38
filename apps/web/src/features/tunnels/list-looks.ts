import { useMemo } from 'react'
import { createStore, useStore } from '../../lib/store.ts'
import { store, stored } from '../../lib/theme.ts'
import { isWide, useIsWide } from '../../lib/use-media.ts'

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

/**
 * What the job needs: support is asked "is it up, since when, does it hurt", and has no keys to look after. With less room
 * the address at Cloudflare gives way, of which an account has two or so.
 */
export const defaultLooks = ({ canRead }: Pick<Person, 'canRead'>, hasRoom = isWide()): ListLooks => ({
  columns: columnIds.filter((id) =>
    canRead ? id !== 'key' && (hasRoom || id !== 'cloudflare') : supportColumns.has(id),
  ),
  density: 'comfortable',
})

const supportColumns: ReadonlySet<ColumnId> = new Set(['affects', 'day', 'changed'])

/** What a person chose. Columns that nobody chose follow the room that there is. */
type Chosen = Omit<ListLooks, 'columns'> & { columns: ListLooks['columns'] | null }

/** Of this page, by person: what was chosen since it was loaded. */
const chosen = createStore<ReadonlyMap<string, Chosen>>(new Map())

const nameOf = ({ id }: Pick<Person, 'id'>) => `list-looks ${id}`

export function useListLooks(person: Person): ListLooks {
  const { id, canRead } = person
  const kept = useMemo(() => keptLooks({ id }), [id])
  const looks = useStore(chosen).get(id) ?? kept
  const hasRoom = useIsWide()
  return useMemo(() => {
    const columns = looks.columns ?? defaultLooks({ canRead }, hasRoom).columns
    return { ...looks, columns: canRead ? columns : columns.filter((name) => name !== 'key') }
  }, [looks, canRead, hasRoom])
}

export function setListLooks(person: Person, { columns, density }: ListLooks): void {
  const isUsual = columns.join() === defaultLooks(person).columns.join()
  const looks = { columns: isUsual ? null : columns, density }
  chosen.set((all) => new Map(all).set(person.id, looks))
  store(nameOf(person), JSON.stringify(looks))
}

/** What this browser remembers may be of an older build: what is not known of it is left out. */
function keptLooks(person: Pick<Person, 'id'>): Chosen {
  const { columns, density } = fieldsOf(stored(nameOf(person)))
  return {
    columns: Array.isArray(columns) ? columnIds.filter((id) => columns.includes(id)) : null,
    density: density === 'compact' ? 'compact' : 'comfortable',
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
