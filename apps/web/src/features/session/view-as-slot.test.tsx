import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { sessionOf, show } from '../../test/bff.tsx'
import { ViewAsSlot } from './view-as-slot.tsx'

test('whoever looks through other eyes is told whose, who they still are, and how to stop', async () => {
  await show(<ViewAsSlot />, sessionOf('admin', { viewingAs: 'support' }))
  const strip = page.getByRole('complementary', { name: 'View as' })
  await expect.element(strip.getByText('You see the console through the eyes of Support')).toBeVisible()
  await expect
    .poll(() => strip.element().textContent)
    .toContain('You are still Ada, and can change nothing until you stop. “Back to Admin” stops it.')
  await expect.element(strip.getByRole('button', { name: 'Back to Admin' })).toBeVisible()
})
