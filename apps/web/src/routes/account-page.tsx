import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useCan, useSession } from '../data/session.ts'
import { ChangePassword } from '../features/session/change-password.tsx'
import { OwnSessions } from '../features/session/own-sessions.tsx'
import { HandoffList } from '../features/tunnel-editing/handoff/handoff-list.tsx'
import { roleCan, roleNames } from '../lib/role-words.ts'
import { Badge } from '../ui/badge.tsx'
import { PageHeader } from '../ui/page-header.tsx'

/** One's own account: where one is signed in, and the password. */
export function AccountPage() {
  const { user, mode } = useSession()
  const mayHandOff = useCan('psk.generate')
  useFocusPart(useLocation({ select: ({ hash }) => hash }))
  return (
    <>
      <PageHeader
        title="Your account"
        aside={<Badge title={roleCan[user.role]}>{roleNames[user.role]}</Badge>}
        description={`${user.name}, ${user.email}`}
      />
      <div className="flex max-w-180 flex-col gap-10">
        <Part id="sessions" title="Your sessions">
          <OwnSessions />
        </Part>
        {mayHandOff && (
          <Part id="handoffs" title="Hand-off links">
            <HandoffList />
          </Part>
        )}
        <Part id="password" title="Change password">
          {mode === 'live' ? (
            <ChangePassword email={user.email} />
          ) : (
            <p className="text-14 text-fg-2">The people of the sandbox have no password: they come in by a button.</p>
          )}
        </Part>
      </div>
    </>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} tabIndex={-1} className="mb-3 scroll-mt-6 text-16 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  )
}

/** The heading that the address names takes the focus, as the page's own does otherwise. */
function useFocusPart(hash: string): void {
  // The focus is outside React.
  useEffect(() => {
    if (hash !== '') document.getElementById(hash)?.focus()
  }, [hash])
}
