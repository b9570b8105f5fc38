import { compareThree } from '@tunnel-console/shared/diff'
import { draftOf } from '@tunnel-console/shared/draft'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { press, show } from '../../../test/bff.tsx'
import { branch } from '../test/world.ts'
import { ConflictDialog, openChoices } from './conflict-dialog.tsx'

const base = draftOf(branch)
const current = { ...branch, description: 'Theirs', customer_endpoint: '203.0.113.99' }
const mine = { ...base, description: 'Mine', name: 'branch-08' }

test('only fields that both changed wait for a choice', () => {
  const rows = compareThree(base, draftOf(current), mine)
  expect(rows.map(({ field, state }) => [field.path, state])).toEqual([
    ['name', 'mine'],
    ['description', 'both'],
    ['customer_endpoint', 'theirs'],
  ])
  expect(openChoices(rows, {})).toBe(1)
  expect(openChoices(rows, { description: 'theirs' })).toBe(0)
})

test('both people’s changes are merged, and the last word is the person’s', async () => {
  const merged: unknown[] = []
  await show(
    <ConflictDialog
      open
      onClose={() => undefined}
      base={base}
      mine={mine}
      current={current}
      saver={null}
      onMerged={(_theirs, draft) => merged.push(draft)}
    />,
  )
  await press('Use merged version')
  expect(merged).toEqual([])
  ;(page.getByRole('radio', { name: 'Yours' }).element() as HTMLElement).click()
  await press('Use merged version')
  expect(merged).toMatchObject([{ name: 'branch-08', description: 'Mine', customer_endpoint: '203.0.113.99' }])
})
