import type { Role } from '@tunnel-console/shared/access'
import { ChevronDown } from 'lucide-react'
import { useSession } from '../data/session.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, type ButtonProps } from '../ui/button.tsx'

export const roleWords: Record<Role, [name: string, can: string]> = {
  admin: ['Admin', 'Can do everything'],
  operator: ['Operator', 'Can create and change tunnels and generate keys'],
  support: ['Support', 'Can look at status'],
}

/** Who is signed in, with the role. It opens the menu once the menu's code is there. */
export function UserButton(props: ButtonProps) {
  const { user } = useSession()
  const [role, can] = roleWords[user.role]
  return (
    <Button {...props} kind="ghost" className="min-w-0 gap-1.5! px-2!">
      <span className="max-w-40 truncate max-sm:sr-only">{user.name}</span>
      <Badge title={can}>{role}</Badge>
      <ChevronDown aria-hidden size={14} />
    </Button>
  )
}
