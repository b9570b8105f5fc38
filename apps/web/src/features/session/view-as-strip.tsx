import { useEffect } from 'react'
import { useSession } from '../../data/session.ts'
import { roleNames } from '../../lib/role-words.ts'
import { forgetView, here, look } from '../../lib/view-as.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'

/** Over every page while an administrator looks through the eyes of another role, with the way back. */
export function ViewAsStrip() {
  const { user, viewingAs } = useSession()
  // The tab's memory is outside React. Whoever is no administrator any more has nothing to come back from.
  useEffect(() => {
    if (viewingAs === null) forgetView()
  }, [viewingAs])
  if (viewingAs === null) return null
  return (
    <aside aria-label="View as">
      <Banner
        isStrip
        kind="warning"
        title={`You see the console through the eyes of ${roleNames[viewingAs]}`}
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
