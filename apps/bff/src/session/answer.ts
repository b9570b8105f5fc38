import { type Role, rolePermissions } from '@tunnel-console/shared/access'
import type { SessionAnswer } from '@tunnel-console/shared/api'
import type { Owner } from '../changes/owner.ts'
import type { Deps } from '../deps.ts'
import type { Actor, Session } from '../http/env.ts'
import { listAdministrators } from '../people/directory.ts'
import { endsOf } from './acts.ts'

interface Seen {
  session: Session
  /** Who they are with the role that they look with. */
  actor: Actor
  viewingAs: Role | null
}

/** What a page needs to know of whoever looks at it. */
export async function sessionAnswer(
  { deps, owner }: { deps: Deps; owner: Owner },
  { session, actor, viewingAs }: Seen,
): Promise<SessionAnswer> {
  const { id, email, name, role } = actor
  const [accountName, administrators] = await Promise.all([owner.accountName(), listAdministrators(deps)])
  return {
    user: { id, email, name, role },
    account: { id: deps.upstream.accountId, name: accountName },
    mode: deps.mode,
    permissions: rolePermissions[role],
    ...endsOf(session),
    viewingAs,
    administrators,
  }
}
