import { lazy, Suspense, useState } from 'react'
import { UserButton } from './user-button.tsx'

const UserMenu = lazy(async () => ({ default: (await import('./user-menu.tsx')).UserMenu }))

/** The menu of the signed-in person, whose code comes after the page. A press that is faster than the code is not lost. */
export function UserMenuSlot() {
  const [wasPressed, setPressed] = useState(false)
  return (
    <Suspense fallback={<UserButton aria-haspopup="menu" onClick={() => setPressed(true)} />}>
      <UserMenu startsOpen={wasPressed} />
    </Suspense>
  )
}
