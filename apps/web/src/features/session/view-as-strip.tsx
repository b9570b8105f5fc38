import type { Role } from '@tunnel-console/shared/access'
import { useSession } from '../../data/session.ts'
import { roleNames } from '../../lib/role-words.ts'
import { here, look } from '../../lib/view-as.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'

/** While an administrator looks through the eyes of another role, with the way back. */
export function ViewAsStrip({ role }: { role: Role }) {
  const { user } = useSession()
  return (
    <aside aria-label="View as">
      <Banner
        isStrip
        kind="warning"
        title={`You see the console through the eyes of ${roleNames[role]}`}
        actions={
          <Button size="small" kind="ghost" className="text-degraded-fg!" onClick={() => look(null, here())}>
            Back to Admin
          </Button>
        }
      >
        You are still {user.name}, and can change nothing until you stop. “Back to Admin” stops it.
      </Banner>
    </aside>
  )
}
