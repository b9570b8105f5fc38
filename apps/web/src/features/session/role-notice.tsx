import type { Permission, Role } from '@tunnel-console/shared/access'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useNeed } from '../../data/need.ts'
import { useSession } from '../../data/session.ts'
import { gained } from '../../lib/gained.ts'
import { roleNames } from '../../lib/role-words.ts'
import { Banner } from '../../ui/banner.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Ask, NeedsRole } from '../../ui/needs-role.tsx'

/**
 * Says that the person's role is another than when they came, and what that means for the page they are on (S33, H10). It
 * stays in view however far one has scrolled, until it is put away, in a place of its own: it lies over no control. What
 * else stays in view or is scrolled to keeps clear of it by its height (`--strip-height`).
 */
export function RoleNotice({ pageNeeds }: { pageNeeds: Permission | undefined }) {
  const { user } = useSession()
  const [known, setKnown] = useState<Role>(user.role)
  if (known === user.role) return null
  return (
    <div ref={tellHeight} className="sticky top-0 z-40 shadow-float">
      <Banner
        isStrip
        kind={gained(user.role, known).length > 0 ? 'warning' : 'info'}
        role="alert"
        title={`Your role is now ${roleNames[user.role]}`}
        actions={
          <IconButton
            label="Dismiss"
            size="small"
            icon={<X aria-hidden size={16} />}
            onClick={() => setKnown(user.role)}
          />
        }
      >
        <Meaning before={known} after={user.role} pageNeeds={pageNeeds} />
      </Banner>
    </div>
  )
}

/** Tells the page how high it is; gone, it is nothing. */
function tellHeight(strip: HTMLElement | null) {
  if (!strip) return
  const { style } = document.documentElement
  const watch = new ResizeObserver(() => style.setProperty('--strip-height', `${strip.offsetHeight}px`))
  watch.observe(strip)
  return () => {
    watch.disconnect()
    style.removeProperty('--strip-height')
  }
}

interface MeaningProps {
  before: Role
  after: Role
  pageNeeds: Permission | undefined
}

function Meaning({ before, after, pageNeeds = 'status.read' }: MeaningProps) {
  const { administrators } = useSession()
  const need = useNeed(pageNeeds)
  const lost = gained(after, before)
  if (need) {
    return (
      <p>
        <NeedsRole need={need} /> What stands on this page stays, to read and to copy.
      </p>
    )
  }
  if (lost.length === 0) return <p>You can now {gained(before, after).join(', ')}.</p>
  return (
    <p>
      You can no longer {lost.join(', ')}. <Ask helpers={administrators} />
    </p>
  )
}
