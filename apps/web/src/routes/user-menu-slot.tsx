import { useState } from 'react'
import { lazyPart, type MissingProps } from '../ui/lazy-part.tsx'
import { PartMissing } from '../ui/part-missing.tsx'
import { UserButton } from './user-button.tsx'

interface MenuProps {
  startsOpen: boolean
  onPress: () => void
  /** Somebody may be about to press. */
  onNear: () => void
}

const UserMenu = lazyPart<MenuProps>(
  async () => {
    const { UserMenu: Menu } = await import('./user-menu.tsx')
    return ({ startsOpen }) => <Menu startsOpen={startsOpen} />
  },
  {
    Waiting: ({ onPress, onNear }) => (
      <UserButton aria-haspopup="menu" onMouseDown={onPress} onClick={onPress} onPointerEnter={onNear} />
    ),
    Missing: MissingMenu,
    isPatient: true,
  },
)

function MissingMenu({ retry }: MissingProps<MenuProps>) {
  const [isAsked, setAsked] = useState(false)
  const ask = () => {
    setAsked(true)
    void retry()
  }
  return (
    <>
      <UserButton onClick={ask} />
      {isAsked && <PartMissing retry={retry} look="card" onClose={() => setAsked(false)} />}
    </>
  )
}

/** The menu of the signed-in person, whose code comes after the page. A press that is faster than the code is not lost. */
export function UserMenuSlot() {
  const [wasPressed, setPressed] = useState(false)
  const load = () => void UserMenu.preload()
  const press = () => {
    setPressed(true)
    load()
  }
  return <UserMenu startsOpen={wasPressed} onPress={press} onNear={load} />
}
