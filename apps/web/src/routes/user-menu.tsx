import { useMutation } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useSession } from '../data/session.ts'
import { signOut } from '../data/sign-in.ts'
import { useStore } from '../lib/store.ts'
import { setTheme, theme } from '../lib/theme.ts'
import { setTimesInUtc, timesInUtc } from '../lib/times-in-utc.ts'
import { Dialog, DialogClose } from '../ui/dialog.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator, MenuSwitch } from '../ui/menu.tsx'
import { roleWords, UserButton } from './user-button.tsx'

const themeOptions = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export function UserMenu({ startsOpen }: { startsOpen: boolean }) {
  const { user } = useSession()
  const choice = useStore(theme)
  const isUtc = useStore(timesInUtc)
  const leaving = useMutation(signOut())
  const [role, can] = roleWords[user.role]
  return (
    <>
      <Menu trigger={<UserButton />} startsOpen={startsOpen}>
        <div className="px-3.5 py-1.5">
          <p className="font-medium">{user.name}</p>
          <p className="text-12 text-fg-3">{user.email}</p>
          <p className="mt-1 text-12 text-fg-2">
            {role}. {can}.
          </p>
        </div>
        <MenuSeparator />
        <MenuChoice label="Theme" value={choice} options={themeOptions} onChange={setTheme} />
        <MenuSeparator />
        <MenuSwitch checked={isUtc} onChange={setTimesInUtc}>
          Times in UTC
        </MenuSwitch>
        <MenuSeparator />
        <MenuItem icon={<LogOut aria-hidden size={16} />} onSelect={() => leaving.mutate()}>
          Sign out
        </MenuItem>
      </Menu>
      <Dialog
        open={leaving.isError}
        onOpenChange={() => leaving.reset()}
        title="You are still signed in"
        size="small"
        footer={<DialogClose>Close</DialogClose>}
      >
        {leaving.error && <ErrorPanel problem={leaving.error.problem} onRetry={() => leaving.mutate()} isAlert />}
      </Dialog>
    </>
  )
}
