import type { UserEntry } from '@tunnel-console/shared/api'
import { Ellipsis } from 'lucide-react'
import { type RefObject, useRef } from 'react'
import { useSession } from '../../data/session.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import type { UserAction } from './user-act.ts'

interface UserMenuProps {
  user: UserEntry
  isSelf: boolean
  isLast: boolean
  onAct: (action: UserAction, opener: RefObject<HTMLElement | null>) => void
}

/** What a row can do. What would lock everybody out, or oneself, says so in its place. */
export function UserMenu({ user, isSelf, isLast, onAct }: UserMenuProps) {
  const { mode } = useSession()
  const isOfSandbox = mode === 'sandbox' && user.id.startsWith('sandbox-')
  const last = isLast ? 'The last administrator: make somebody else one first' : undefined
  const opener = useRef<HTMLButtonElement>(null)
  const act = (action: UserAction) => () => onAct(action, opener)
  return (
    <Menu
      trigger={
        <IconButton
          ref={opener}
          label={`Actions for ${user.name}`}
          size="small"
          icon={<Ellipsis aria-hidden size={18} />}
        />
      }
    >
      <MenuItem onSelect={act('role')} disabledReason={last}>
        Change role
      </MenuItem>
      <MenuItem
        onSelect={act('reset')}
        disabledReason={reasonAgainstReset({ isOfSandbox, isSelf, isDisabled: user.disabled })}
      >
        {user.invitedUntil === null ? 'Reset password' : 'New invitation link'}
      </MenuItem>
      <MenuItem onSelect={act('endSessions')} disabledReason={isSelf ? 'See your own in “Your account”' : undefined}>
        End all sessions
      </MenuItem>
      <MenuSeparator />
      {user.disabled ? (
        <MenuItem onSelect={act('enable')}>Enable</MenuItem>
      ) : (
        <MenuItem
          isDanger
          onSelect={act('disable')}
          disabledReason={last ?? (isSelf ? 'You would lock yourself out: another administrator can do it' : undefined)}
        >
          Disable
        </MenuItem>
      )}
    </Menu>
  )
}

function reasonAgainstReset(about: { isOfSandbox: boolean; isSelf: boolean; isDisabled: boolean }): string | undefined {
  if (about.isOfSandbox) return 'The people of the sandbox have no password'
  if (about.isSelf) return 'Change your own in “Your account”'
  return about.isDisabled ? 'Enable them first' : undefined
}
