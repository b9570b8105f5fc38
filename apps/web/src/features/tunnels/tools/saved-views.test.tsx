import { beforeEach, expect, test } from 'vitest'
import { removeView, type SavedView, saveView } from './saved-views.ts'

const looks = { columns: [], density: 'comfortable' } as const
const viewNamed = (name: string): SavedView => ({ name, search: { q: name }, looks })
let person = { id: '', canRead: true }
let number = 0

const keyOf = () => `list-views ${person.id}`
const kept = () => (JSON.parse(localStorage.getItem(keyOf()) ?? '{}') as { views: SavedView[] }).views
const namesKept = () => kept().map(({ name }) => name)

/** What another tab does: it writes, and this one is told. */
function inAnotherTab(views: readonly SavedView[]): void {
  localStorage.setItem(keyOf(), JSON.stringify({ views }))
  dispatchEvent(new StorageEvent('storage', { key: keyOf(), storageArea: localStorage }))
}

beforeEach(() => {
  person = { ...person, id: `views-${number++}` }
})

test('what is saved in one tab is not lost by what is saved or removed in another', () => {
  saveView(person, viewNamed('mine'))
  inAnotherTab([...kept(), viewNamed('theirs')])
  saveView(person, viewNamed('mine too'))
  expect(namesKept()).toEqual(['mine', 'mine too', 'theirs'])
  inAnotherTab([viewNamed('theirs')])
  removeView(person, 'mine')
  expect(namesKept()).toEqual(['theirs'])
})
