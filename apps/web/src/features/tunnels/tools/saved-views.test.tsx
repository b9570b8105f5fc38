import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { press, show } from '../../../test/bff.tsx'
import { removeView, type SavedView, saveView, useSavedViews } from './saved-views.ts'
import { ViewsDialog } from './views-dialog.tsx'

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

function ViewsNow() {
  return <ViewsDialog person={person} views={useSavedViews(person)} now={viewNamed('')} onClose={() => {}} />
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

test('with as many views as there may be, a new one is refused, and none is lost', async () => {
  localStorage.setItem(keyOf(), JSON.stringify({ views: Array.from({ length: 50 }, (_, n) => viewNamed(`v${n}`)) }))
  await show(<ViewsNow />)
  const field = page.getByLabelText('Name of what is shown now')
  await field.fill('zurich')
  await press('Save view')
  await expect.element(page.getByText('There are 50 views already. Remove one first.')).toBeInTheDocument()
  expect(namesKept()).toHaveLength(50)
  await field.fill('v7')
  await press('Save view')
  await expect.poll(() => kept().find(({ name }) => name === 'v7')?.search).toEqual({ q: '' })
  expect(namesKept()).toContain('v49')
})
