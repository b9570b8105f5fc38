import type { Permission } from '@tunnel-console/shared/access'
import { useEffect, useRef } from 'react'
import { useNeed } from '../data/need.ts'
import { useSession } from '../data/session.ts'
import { roleNames } from '../lib/role-words.ts'
import { Callout } from '../ui/callout.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { NeedsRole } from '../ui/needs-role.tsx'
import { PageHeader } from '../ui/page-header.tsx'

export interface ForbiddenProps {
  permission: Permission
  onAllowed: () => void
}

/** The wall: what is behind it, who can help, and a way back. It opens by itself once the role allows it. */
export function ForbiddenPage({ permission, onAllowed }: ForbiddenProps) {
  const { user } = useSession()
  const need = useNeed(permission)
  const isAllowed = need === null
  const latest = useRef(onAllowed)
  latest.current = onAllowed
  // The router is outside React.
  useEffect(() => {
    if (isAllowed) latest.current()
  }, [isAllowed])
  // `/tunnels/7/edit` is closed, the tunnel is not.
  const tunnel = /^\/tunnels\/[0-9a-f]{32}(?=\/)/.exec(location.pathname)?.[0]
  return (
    <div className="mx-auto max-w-180 p-4">
      <PageHeader title="Not for your role" description={`You are signed in as ${roleNames[user.role]}.`} />
      {need && (
        <Callout tone="degraded">
          <NeedsRole need={need} />
        </Callout>
      )}
      <div className="mt-5 flex flex-wrap gap-2">
        <LinkButton to={tunnel ?? '/tunnels'} kind="primary">
          {tunnel ? 'Look at the tunnel' : 'Go to tunnels'}
        </LinkButton>
      </div>
    </div>
  )
}
