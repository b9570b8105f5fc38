import { ChevronDown } from 'lucide-react'
import { useSession } from '../data/session.ts'
import { roleCan, roleNames } from '../lib/role-words.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, type ButtonProps } from '../ui/button.tsx'

/** Who is signed in, with the role. It opens the menu once the menu's code is there. */
export function UserButton(props: ButtonProps) {
  const { user } = useSession()
  return (
    <Button {...props} kind="ghost" className="min-w-0 gap-1.5! px-2!">
      <span className="max-w-40 truncate max-sm:sr-only">{user.name}</span>
      <Badge title={roleCan[user.role]}>{roleNames[user.role]}</Badge>
      <ChevronDown aria-hidden size={14} />
    </Button>
  )
}
