import { useMemo } from 'react'
import { createStore, useStore } from '../../../lib/store.ts'
import { store, stored } from '../../../lib/theme.ts'
import { columnIds, fieldsOf, type ListLooks, type Person } from '../list-looks.ts'
import { searchOf, type TunnelSearch, viewOf } from '../tunnel-view.ts'

/** A filter, its order and its columns under a name. */
export interface SavedView {
  name: string
  search: TunnelSearch
  looks: ListLooks
}

export const longestViewName = 60
export const mostViews = 50

const all = createStore<ReadonlyMap<string, readonly SavedView[]>>(new Map())

const prefix = 'list-views '
const nameOf = (id: string) => `${prefix}${id}`

// What another tab saves or removes counts here too, and is not written over by what is saved here next.
addEventListener('storage', ({ key }) => {
  const id = key?.startsWith(prefix) ? key.slice(prefix.length) : null
  if (id !== null) all.set((before) => new Map(before).set(id, keptViews(id)))
})

/** The views that a person has saved in this browser, by name. */
export function useSavedViews(person: Person): readonly SavedView[] {
  const { id } = person
  const kept = useMemo(() => keptViews(id), [id])
  return useStore(all).get(id) ?? kept
}

const viewsOf = ({ id }: Person): readonly SavedView[] => all.get().get(id) ?? keptViews(id)

function keptViews(id: string): readonly SavedView[] {
  const { views } = fieldsOf(stored(nameOf(id)))
  return Array.isArray(views) ? views.flatMap((view: unknown) => readView(view) ?? []) : []
}

/** One of the same name is replaced. Another one beyond `mostViews` is the caller's to refuse. */
export function saveView(person: Person, view: SavedView): void {
  const others = viewsOf(person).filter(({ name }) => name !== view.name)
  const collator = new Intl.Collator('en', { numeric: true })
  keep(
    person,
    [...others, view].sort((a, b) => collator.compare(a.name, b.name)),
  )
}

export function removeView(person: Person, name: string): void {
  keep(
    person,
    viewsOf(person).filter((view) => view.name !== name),
  )
}

function keep(person: Person, views: readonly SavedView[]): void {
  all.set((before) => new Map(before).set(person.id, views))
  store(nameOf(person.id), JSON.stringify({ views }))
}

/** Storage may hold what an older build wrote, or anything. */
function readView(value: unknown): SavedView | null {
  const { name, search, looks } = fieldsOf(JSON.stringify(value))
  if (typeof name !== 'string' || name === '') return null
  const { columns, density } = fieldsOf(JSON.stringify(looks))
  return {
    name: name.slice(0, longestViewName),
    search: searchOf(viewOf(fieldsOf(JSON.stringify(search)))),
    looks: {
      columns: Array.isArray(columns) ? columnIds.filter((id) => columns.includes(id)) : [...columnIds],
      density: density === 'compact' ? 'compact' : 'comfortable',
    },
  }
}
