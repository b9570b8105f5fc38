import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { sessionOf, show } from '../test/bff.tsx'
import { UserMenuSlot } from './user-menu-slot.tsx'

// In a file of its own: the menu's code comes once.
test('a press that is not let go before the code of the menu is there opens it all the same', async () => {
  await show(<UserMenuSlot />, sessionOf('operator'))
  // What is pressed is gone when the mouse is let go, so no click ever comes.
  page
    .getByRole('button')
    .element()
    .dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
  await expect.element(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
})
