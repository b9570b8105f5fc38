import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Eye, KeyRound, LogOut, MonitorSmartphone } from 'lucide-react'
import { useSession } from '../data/session.ts'
import { signOut } from '../data/sign-out.ts'
import { viewsOf } from '../features/session/views.ts'
import { roleCan, roleNames } from '../lib/role-words.ts'
import { useStore } from '../lib/store.ts'
import { setTheme, theme } from '../lib/theme.ts'
import { setTimesInUtc, timesInUtc } from '../lib/times-in-utc.ts'
import { Dialog, DialogClose } from '../ui/dialog.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator, MenuSwitch } from '../ui/menu.tsx'
import { UserButton } from './user-button.tsx'

const themeOptions = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export function UserMenu({ startsOpen }: { startsOpen: boolean }) {
  const session = useSession()
  const { user } = session
  const choice = useStore(theme)
  const isUtc = useStore(timesInUtc)
  const leaving = useMutation(signOut())
  return (
    <>
      <Menu trigger={<UserButton />} startsOpen={startsOpen}>
        <div className="px-3.5 py-1.5">
          <p className="font-medium">{user.name}</p>
          <p className="text-12 text-fg-3">{user.email}</p>
          <p className="mt-1 text-12 text-fg-2">
            {roleNames[user.role]}. {roleCan[user.role]}.
          </p>
        </div>
        <MenuSeparator />
        <AccountItems />
        {viewsOf(session).map(({ label, run }) => (
          <MenuItem key={label} icon={<Eye aria-hidden size={16} />} onSelect={run}>
            {label}
          </MenuItem>
        ))}
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

function AccountItems() {
  const { mode } = useSession()
  const router = useRouter()
  const open = (hash: 'sessions' | 'password') => () => void router.navigate({ to: '/account', hash })
  return (
    <>
      <MenuItem icon={<MonitorSmartphone aria-hidden size={16} />} onSelect={open('sessions')}>
        Your sessions
      </MenuItem>
      {mode === 'live' && (
        <MenuItem icon={<KeyRound aria-hidden size={16} />} onSelect={open('password')}>
          Change password
        </MenuItem>
      )}
    </>
  )
}
